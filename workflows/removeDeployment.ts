import { CancellationScope } from '@temporalio/workflow';
import { fromFailure } from '../src/errors/fromFailure.js';
import type { HangarError } from '../src/errors/HangarError.js';
import type { StepName } from '../src/graph/StepName.js';
import type { Leftover } from '../src/graph/StepRequest.js';
import { checks } from './activityOptions.js';
import type { DeploymentRun } from './DeploymentRun.js';
import { type UnmakeResult, unmakeSteps } from './unmakeSteps.js';

/** What removing a deployment came to. `gone`: nothing is left, as the cloud itself says, and the manifest is deleted. */
export type Removal =
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'stopped' }
  | { readonly outcome: 'leftovers'; readonly first: HangarError | undefined; readonly leftovers: Leftover[] };

/** Unmakes the steps `names`, has the cloud prove that nothing is left and, if so, deletes the manifest. */
export async function removeDeployment(
  run: DeploymentRun,
  names: ReadonlySet<StepName>,
  stop: () => boolean,
): Promise<Removal> {
  const result = await unmakeSteps(run, names, stop);
  if (result.stopped) return { outcome: 'stopped' };
  return await CancellationScope.nonCancellable(async () => {
    const found = await findLeftovers(run, names);
    const leftovers = told(found.leftovers, result);
    const [first = found.error] = result.failures.values();
    if (leftovers.length > 0) return { outcome: 'leftovers', first, leftovers };
    return await removeManifest(run);
  });
}

async function removeManifest({ manifest }: DeploymentRun): Promise<Removal> {
  if (!manifest.isOpen) return { outcome: 'gone' };
  try {
    await manifest.remove();
    return { outcome: 'gone' };
  } catch (failure) {
    const first = fromFailure(failure);
    const leftover = {
      step: 'manifest',
      resource: first.resource ?? 'manifest',
      reason: `${first.code}: ${first.message}`,
    };
    return { outcome: 'leftovers', first, leftovers: [leftover] };
  }
}

async function findLeftovers(
  run: DeploymentRun,
  names: ReadonlySet<StepName>,
): Promise<{ leftovers: Leftover[]; error?: HangarError }> {
  // The state bucket alone is kept: there is nothing to look for.
  if ([...names].every((name) => name === 'bootstrap')) return { leftovers: [] };
  const { spec, outputs } = run;
  try {
    return { leftovers: await checks.findLeftovers({ spec, outputs }) };
  } catch (failure) {
    const error = fromFailure(failure);
    const reason = `could not be checked: ${error.code}: ${error.message}`;
    return { error, leftovers: [{ step: 'check', resource: 'resources of the deployment', reason }] };
  }
}

/** Everything that is still there, each once, and every step that failed even where the cloud lists nothing of it. */
function told(found: readonly Leftover[], { leftovers, failures }: UnmakeResult): Leftover[] {
  const byIdentity = new Map<string, Leftover>();
  for (const leftover of [...leftovers, ...found]) {
    const identity = leftover.id ?? `${leftover.step} ${leftover.resource}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, leftover);
  }
  const listed = [...byIdentity.values()];
  const unlisted = [...failures].filter(([name]) => !listed.some(({ step }) => step === name));
  return [
    ...listed.map((leftover) => because(leftover, failures.get(leftover.step as StepName))),
    ...unlisted.map(([step, error]) => because({ step, resource: error.resource ?? step, reason: '' }, error)),
  ];
}

function because(leftover: Leftover, error: HangarError | undefined): Leftover {
  if (!error || error.code === 'HGR-606') return leftover;
  return { ...leftover, reason: `${error.code}: ${error.message}` };
}
