import { CancellationScope, ParentClosePolicy } from '@temporalio/workflow';
import { buildGraph } from '../src/graph/buildGraph.js';
import type { DeploymentStatus } from '../src/graph/DeploymentStatus.js';
import type { Manifest } from '../src/graph/Manifest.js';
import type { StepName } from '../src/graph/StepName.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import { expiry } from '../src/spec/expiry.js';
import { asDeployment } from './asDeployment.js';
import { checkBeforeCreate } from './checkBeforeCreate.js';
import type { DeploymentRun } from './DeploymentRun.js';
import { keptError, rolledBackError } from './endings.js';
import { type CreateFlyteInput, parseCreateFlyteInput } from './inputs.js';
import { ManifestWriter } from './ManifestWriter.js';
import { type MakeResult, makeSteps } from './makeSteps.js';
import { removeDeployment } from './removeDeployment.js';
import { StatusTracker } from './StatusTracker.js';
import { workflowFailure } from './workflowFailure.js';

/**
 * Creates a Flyte deployment from a spec: makes every step at full parallelism, checks that Flyte works, and gives the
 * final status with the outputs. On failure or cancellation what was made is removed again, unless the spec says
 * `onFailure: keep`.
 *
 * History: two dozen activities, each tried few times and written once, and as many saves of the manifest: a few hundred
 * events and kilobytes, far below Temporal's limits of 51,200 events and 50 MB, so the workflow never continues as new.
 *
 * @throws ApplicationFailure of type HGR-608 or HGR-1xx (input), HGR-2xx (nothing was made), HGR-603 (already running),
 * HGR-605 (failed, rolled back), HGR-607 (cancelled), HGR-609 (failed, something is still there)
 */
export async function CreateFlyte(input: CreateFlyteInput): Promise<DeploymentStatus> {
  try {
    const { spec, onExisting } = parseCreateFlyteInput(input);
    // Whoever terminates the parent wants the work to end: the child is cancelled, and so leaves nothing half made.
    const policy = ParentClosePolicy.REQUEST_CANCEL;
    return await asDeployment(spec.name, input, policy, () => create(spec, onExisting));
  } catch (error) {
    throw workflowFailure(error);
  }
}

async function create(spec: DeploymentSpec, onExisting: 'refuse' | 'resume'): Promise<DeploymentStatus> {
  const status = new StatusTracker(spec, 'checking');
  return await status.during(() => checkAndMake(status, spec, onExisting));
}

async function checkAndMake(
  status: StatusTracker,
  spec: DeploymentSpec,
  onExisting: 'refuse' | 'resume',
): Promise<DeploymentStatus> {
  const steps = buildGraph(spec);
  status.list(steps);
  const { manifest: earlier, refusal } = await checkBeforeCreate(spec, onExisting);
  if (refusal) {
    if (earlier) status.list(steps, earlier.steps);
    if (earlier) status.setOutputs(earlier.outputs);
    await status.finish(!earlier ? 'gone' : earlier.phase === 'ready' ? 'ready' : 'failed', refusal);
    throw refusal;
  }

  const manifest = new ManifestWriter(spec);
  const expires = earlier?.expires ?? expiry(spec, new Date());
  const run: DeploymentRun = { spec, steps, outputs: { ...earlier?.outputs }, expires, status, manifest };
  manifest.note({ expires, error: null, leftovers: [] });
  status.writeTo(manifest);
  status.setPhase('creating');
  if (earlier) await manifest.open();

  const compensations = touchedSteps(earlier);
  const result = await makeSteps(run, compensations);
  if (result === 'made') return await status.finish('ready');
  return await CancellationScope.nonCancellable(() => giveUp(run, result, compensations, earlier));
}

/** Steps of an earlier run that may have made something. */
function touchedSteps(earlier: Manifest | null): Set<StepName> {
  const untouched = ['waiting', 'skipped', 'removed'];
  const entries = Object.entries(earlier?.steps ?? {}) as [StepName, { state: string }][];
  return new Set(entries.filter(([, { state }]) => !untouched.includes(state)).map(([name]) => name));
}

async function giveUp(
  run: DeploymentRun,
  why: Exclude<MakeResult, 'made'>,
  compensations: ReadonlySet<StepName>,
  earlier: Manifest | null,
): Promise<never> {
  const { name, onFailure } = run.spec;
  const kept = reasonToKeep(onFailure, earlier);
  if (kept) {
    const error = keptError(name, why, kept);
    await run.status.finish('failed', error);
    throw error;
  }
  run.status.setPhase('rolling-back');
  const removal = await removeDeployment(run, compensations, () => false);
  const error = rolledBackError(name, why, removal);
  if (removal.outcome === 'leftovers') await run.status.finish('failed', error, removal.leftovers);
  else await run.status.finish('gone', error);
  throw error;
}

function reasonToKeep(onFailure: DeploymentSpec['onFailure'], earlier: Manifest | null): string | undefined {
  if (earlier?.phase === 'ready') return 'It was whole before, so nothing of it was removed.';
  if (onFailure === 'keep') return 'What it had made is kept, as `onFailure: keep` asks.';
  return undefined;
}
