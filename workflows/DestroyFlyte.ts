import { CancellationScope, ParentClosePolicy } from '@temporalio/workflow';
import { HangarError } from '../src/errors/HangarError.js';
import { buildGraph } from '../src/graph/buildGraph.js';
import type { DeploymentStatus } from '../src/graph/DeploymentStatus.js';
import type { Manifest } from '../src/graph/Manifest.js';
import type { DeploymentKey } from '../src/spec/parseDeploymentKey.js';
import { checks } from './activityOptions.js';
import { asDeployment } from './asDeployment.js';
import type { DeploymentRun } from './DeploymentRun.js';
import { leftoversError } from './endings.js';
import { type DestroyFlyteInput, parseDestroyFlyteInput } from './inputs.js';
import { ManifestWriter } from './ManifestWriter.js';
import { removeDeployment } from './removeDeployment.js';
import { StatusTracker } from './StatusTracker.js';
import { workflowFailure } from './workflowFailure.js';

/** What DestroyFlyte gives. */
export type DestroyFlyteResult = DeploymentStatus & {
  /** False where there was no such deployment and `ifExists` allowed it. */
  existed: boolean;
};

/**
 * Destroys a deployment, whole or half made, by its manifest alone: every step is unmade in reverse order at full
 * parallelism, and at the end the cloud is asked to prove that nothing is left. Cancelled, it stops the running steps
 * gently, starts no more and keeps the manifest, so that it can be destroyed again.
 *
 * @throws ApplicationFailure of type HGR-608 (input), HGR-603 (already running), HGR-604 (no such deployment), HGR-611
 * (protected), HGR-606 (something is left: it is listed), HGR-607 (cancelled)
 */
export async function DestroyFlyte(input: DestroyFlyteInput): Promise<DestroyFlyteResult> {
  try {
    const { key, ifExists } = parseDestroyFlyteInput(input);
    // A destruction half done is no better for being stopped: it goes on when its parent is terminated.
    return await asDeployment(key.name, input, ParentClosePolicy.ABANDON, () => destroy(key, ifExists));
  } catch (error) {
    throw workflowFailure(error);
  }
}

async function destroy(key: DeploymentKey, ifExists: boolean): Promise<DestroyFlyteResult> {
  const status = new StatusTracker(key, 'destroying');
  return await status.during(() => findAndRemove(status, key, ifExists));
}

async function findAndRemove(
  status: StatusTracker,
  key: DeploymentKey,
  ifExists: boolean,
): Promise<DestroyFlyteResult> {
  const scope = CancellationScope.current();
  const earlier = await checks.loadManifest(key);
  if (!earlier) {
    const error = ifExists ? undefined : noSuchDeployment(key);
    await status.finish('gone', error);
    if (error) throw error;
    return { ...status.status, existed: false };
  }
  const { spec } = earlier;
  const steps = buildGraph(spec);
  status.list(steps, earlier.steps);
  status.setOutputs(earlier.outputs);
  if (isProtected(earlier)) {
    const error = protectedFromDeletion(key.name);
    await status.finish(earlier.phase, error);
    throw error;
  }

  const manifest = new ManifestWriter(spec);
  const run: DeploymentRun = { spec, steps, outputs: earlier.outputs, expires: earlier.expires, status, manifest };
  status.writeTo(manifest);
  status.setPhase('destroying');
  await manifest.open();
  const all = new Set(steps.map(({ name }) => name));
  const removal = await removeDeployment(run, all, () => scope.consideredCancelled);
  if (removal.outcome === 'gone') return { ...(await status.finish('gone')), existed: true };
  const error =
    removal.outcome === 'stopped' ? stopped(key.name) : leftoversError(key.name, removal.first, removal.leftovers);
  await status.finish('failed', error, removal.outcome === 'stopped' ? [] : removal.leftovers);
  throw error;
}

function isProtected({ spec, steps }: Manifest): boolean {
  const state = steps.database?.state ?? 'waiting';
  return spec.database.deletionProtection && !['waiting', 'skipped', 'removed'].includes(state);
}

function noSuchDeployment({ name, cloud, account, region }: DeploymentKey): HangarError {
  return new HangarError('HGR-604', `There is no deployment ${name} in ${cloud} account ${account}, ${region}.`, {
    resource: name,
    next: 'Look with `hangar list`; with ifExists (--if-exists) this is no error.',
  });
}

function protectedFromDeletion(name: string): HangarError {
  return new HangarError('HGR-611', `${name} has database.deletionProtection on, so nothing of it was removed.`, {
    step: 'database',
    resource: name,
    next: 'Set database.deletionProtection to false in the file, run `hangar create FILE --resume`, then destroy again.',
  });
}

function stopped(name: string): HangarError {
  return new HangarError('HGR-607', `Destruction of ${name} was cancelled; parts of it are still there.`, {
    next: `See what stands with \`hangar status ${name}\`; go on with \`hangar destroy ${name}\`.`,
  });
}
