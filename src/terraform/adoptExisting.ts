import { HangarError } from '../errors/HangarError.js';
import { importRules } from './importIds.js';
import { importResource } from './importResource.js';
import type { PlannedChange, PlanSummary } from './planSummary.js';
import { removeFromState } from './removeFromState.js';
import type { StepRun, StepRunOptions } from './StepRun.js';
import { stateResources } from './stateResources.js';
import { stepAddress } from './stepAddress.js';

/**
 * After "already exists": takes the resource of that name into the state, if it carries the tags of this step. That is the
 * way for what the cloud does not list by tag, as roles. One of somebody else's stays as it is, and out of the state.
 * @returns whether everything that was in the way is in the state now
 */
export async function adoptExisting(
  run: StepRun,
  options: Pick<StepRunOptions, 'request'>,
  plan: PlanSummary,
  error: unknown,
): Promise<boolean> {
  const found = existing(plan, error);
  if (found.length === 0) return false;
  for (const change of found) {
    const id = importRules[change.type]?.fromValues?.(change.after);
    if (id === undefined) return false;
    await importResource(run.terraform, change.address, id);
    if (!(await isOurs(run, options, change.address))) {
      await removeFromState(run.terraform, change.address);
      return false;
    }
  }
  return true;
}

/** The planned creations that failed with HGR-313; none when something else failed too. */
function existing(plan: PlanSummary, error: unknown): PlannedChange[] {
  if (!(error instanceof HangarError) || error.code !== 'HGR-313') return [];
  const addresses = [
    error.resource,
    ...error.problems.map(({ message, path }) => (message.startsWith('HGR-313 ') ? path : undefined)),
  ];
  const found = addresses.map((address) =>
    plan.changes.find((change) => change.action === 'create' && stepAddress(change.address) === address),
  );
  return found.every((change) => change !== undefined) ? found : [];
}

/** By its own tags; what carries none belongs to whoever has the resource that it is a part of. */
async function isOurs(run: StepRun, { request }: Pick<StepRunOptions, 'request'>, address: string): Promise<boolean> {
  const state = await stateResources(run.terraform);
  const resource = state.find((candidate) => candidate.address === address);
  if (!resource) return false;
  const { partOf } = importRules[resource.type] ?? {};
  if (partOf) {
    return state.some(({ values, address: other }) => other !== address && values.id === resource.values[partOf]);
  }
  const tags = (resource.values.tags_all ?? resource.values.tags ?? {}) as Record<string, unknown>;
  return tags['hangar:deployment'] === request.spec.name && tags['hangar:step'] === request.step;
}
