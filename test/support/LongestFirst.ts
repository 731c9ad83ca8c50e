import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first, so that none of them starts last and alone. */
const long = ['test/e2e/', 'test/terraform-modules/moduleLife', 'test/terraform/aws', 'test/terraform-modules/'];

/** Runs the long test files before the others, which keep vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = long.findIndex((part) => moduleId.includes(part));
      return index === -1 ? long.length : index;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
