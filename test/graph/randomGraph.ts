import fc from 'fast-check';
import type { Step } from '../../src/graph/Step.js';
import type { StepName } from '../../src/graph/StepName.js';

/** A step of a made-up graph: only the name and the edges matter to a walk. */
export function testStep(name: string, after: string[] = [], seconds = 1): Step {
  return {
    name: name as StepName,
    kind: 'terraform',
    title: name,
    after: after as StepName[],
    make: 'applyTerraform',
    unmake: 'destroyTerraform',
    typicalSeconds: seconds,
  };
}

/** Random graphs without cycles, listed in random order. */
export const randomGraph: fc.Arbitrary<Step[]> = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => fc.subarray(Array.from({ length: index }, (_, i) => i)))),
  )
  .chain((edges) => {
    const steps = edges.map((inputs, index) =>
      testStep(
        `s${index}`,
        inputs.map((input) => `s${input}`),
      ),
    );
    return fc.shuffledSubarray(steps, { minLength: steps.length });
  });
