import type { TaggedResource } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import { importResource } from './importResource.js';
import { matchUntracked, untracked } from './matchUntracked.js';
import type { PlanSummary } from './planSummary.js';
import type { StepRun, StepRunOptions } from './StepRun.js';

/**
 * What carries the step's tags and the state does not know: a killed apply has made it and could not write it down.
 * The cloud lists tags with a delay, so some may be gone already.
 */
export async function findUntracked(
  { cloud, request: { spec, step } }: Pick<StepRunOptions, 'cloud' | 'request'>,
  state: PlanSummary['prior'],
): Promise<TaggedResource[]> {
  const tagged = await cloud.findByTag(spec, spec.name);
  return untracked(
    tagged.filter((resource) => resource.step === step),
    state,
  );
}

/**
 * Takes into the state what belongs to an address that the plan would create.
 * @returns addresses taken in, and the resources that belong nowhere
 */
export async function adoptUntracked(
  run: StepRun,
  plan: PlanSummary,
  resources: readonly TaggedResource[],
): Promise<{ adopted: string[]; unmatched: TaggedResource[] }> {
  const { adoptions, unmatched } = matchUntracked(plan.changes, resources);
  const adopted: string[] = [];
  for (const { address, id } of adoptions) {
    run.waitFor(`import of ${id}`);
    try {
      await importResource(run.terraform, address, id);
      adopted.push(address);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return { adopted, unmatched };
}

/** @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_import.go */
function isGone(error: unknown): boolean {
  return error instanceof HangarError && /cannot import non-existent remote object/i.test(error.message);
}
