import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities/Activities.js';
import { type ActivityTools, runActivity } from '../../activities/runActivity.js';
import type { StepPlan } from '../../src/graph/StepPlan.js';
import type { StepReport, StepRequest } from '../../src/graph/StepRequest.js';
import type { WalkDirection } from '../../src/graph/stepInputs.js';
import type { FakeWorld } from './FakeWorld.js';

/** Every activity, over a world in memory. They beat, fail and are cancelled as the real ones do, by runActivity. */
export function fakeActivities(world: FakeWorld): Activities {
  const step = (direction: WalkDirection) => (request: StepRequest) =>
    runActivity(request.step, (tools) => work(world, direction, request, tools));
  const [make, unmake] = [step('make'), step('unmake')];
  return {
    preflight: () =>
      runActivity('preflight', async () => {
        if (world.preflightProblem) throw world.preflightProblem;
      }),
    makeBootstrap: make,
    applyTerraform: make,
    destroyTerraform: unmake,
    planTerraform: (request) => runActivity(request.step, async () => plan(request)),
    installPlatform: make,
    uninstallPlatform: unmake,
    writeCredentials: make,
    removeCredentials: unmake,
    installFlyte: make,
    uninstallFlyte: unmake,
    writeRecords: make,
    removeRecords: unmake,
    runSmoke: make,
    loadManifest: ({ name }) => runActivity('manifest', async () => world.manifests.get(name) ?? null),
    saveManifest: (change) =>
      runActivity('manifest', async () => {
        const { workflowId, runId } = Context.current().info.workflowExecution!;
        world.saveManifest(change, { workflowId, runId });
      }),
    deleteManifest: ({ name }) =>
      runActivity('manifest', async () => {
        world.manifests.delete(name);
      }),
    findLeftovers: ({ spec }) => runActivity('leftovers', async () => world.findLeftovers(spec.name)),
  };
}

async function work(
  world: FakeWorld,
  direction: WalkDirection,
  request: StepRequest,
  { signal, attempt, report }: ActivityTools,
): Promise<StepReport> {
  const behaviour = world.behaviourOf(request.spec.name, direction, request.step);
  const { fail, hang, ms = 0, attempts = Number.POSITIVE_INFINITY } = behaviour;
  try {
    world.begin(direction, request);
    report({ phase: direction, done: 1, total: 2 });
    if (hang && attempt <= attempts) await untilAborted(signal);
    if (ms > 0) await sleep(ms, undefined, { signal });
    if (fail && attempt <= attempts) throw fail;
    return world.end(direction, request);
  } catch (error) {
    world.record(signal.aborted ? 'stopped' : 'failed', direction, request);
    if (error !== fail || !fail?.retryable) throw error;
    // The product waits seconds between attempts; an activity may ask for less.
    throw ApplicationFailure.create({
      type: fail.code,
      message: fail.message,
      details: [fail.toJSON()],
      nextRetryDelay: '20ms',
    });
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('stopped'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function plan({ step, outputs }: StepRequest): StepPlan {
  const provisional = Object.keys(outputs).length === 0;
  const resources = [{ address: `fake.${step}`, action: 'create' }];
  return { step, add: 1, change: 0, remove: 0, replace: 0, risks: [], resources, provisional, notes: [] };
}
