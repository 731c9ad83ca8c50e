import { z } from 'zod';
import type { TaggedResource } from '../clouds/Cloud.js';
import type { StateStore } from '../clouds/StateStore.js';
import { HangarError } from '../errors/HangarError.js';
import type { Leftover, StepReport } from '../graph/StepRequest.js';
import { adoptUntracked, findUntracked } from './adoptUntracked.js';
import { destroyStep } from './destroyStep.js';
import { planStep } from './planStep.js';
import type { StepRun, StepRunOptions } from './StepRun.js';
import { stateResources } from './stateResources.js';
import { stepAddress } from './stepAddress.js';
import { besideState, type StepPatience, withStep } from './withStep.js';

const nothing: StepReport = {
  outputs: {},
  changes: { add: 0, change: 0, remove: 0 },
  toolSeconds: 0,
  leftovers: [],
};

/**
 * Unmakes a step: everything that its state holds, what carries its tags besides, then the state. Needs no outputs of other
 * steps, and tolerates that the step never ran.
 * @returns with leftovers when something stays for a reason that no retry mends
 * @throws when something stays that a retry may remove; `problems` names all that stays
 */
export async function removeStep(options: StepRunOptions & StepPatience): Promise<StepReport> {
  const { cloud, request } = options;
  const { stateKey } = cloud.backend(request.spec, request.step);
  const store = cloud.stateStore(request.spec);
  try {
    if (await neverRan(options, store, stateKey)) {
      await store.delete(stateKey);
      return nothing;
    }
  } catch (error) {
    if (error instanceof HangarError && error.code === 'HGR-702') return nothing;
    throw error;
  }
  return withStep(options, 'state-only', async (run) => {
    const leftovers = await adoptLeftovers(run, options);
    run.enter('plan');
    try {
      const changes = await destroyStep(
        run.terraform,
        run.workspace,
        (plan) => run.enter('destroy', plan.remove),
        run.onEvent,
      );
      await store.delete(stateKey);
      return {
        ...nothing,
        changes,
        toolSeconds: run.terraform.toolSeconds,
        leftovers: await stillThere(leftovers, options),
        notes: run.notes,
      };
    } catch (error) {
      const stays = await remaining(run, options);
      if (!(error instanceof HangarError) || error.retryable || run.signal.aborted || stays.length === 0) {
        throw withRemaining(error, stays);
      }
      const reason = `${error.code} ${error.message}`;
      return {
        ...nothing,
        toolSeconds: run.terraform.toolSeconds,
        leftovers: [...leftovers, ...stays.map((left) => ({ ...left, reason }))],
        notes: run.notes,
      };
    }
  });
}

const stateFile = z.object({ resources: z.array(z.object({ mode: z.string() })) });

/** Whether there is nothing to remove and nobody at work: no resource in the state, none by tag, no lease, no unsaved state. */
async function neverRan(options: StepRunOptions, store: StateStore, stateKey: string): Promise<boolean> {
  const keys = besideState(stateKey);
  const [state, lease, unsaved] = await Promise.all([stateKey, keys.lease, keys.unsaved].map((key) => store.get(key)));
  if (lease || unsaved) return false;
  if (state && stateFile.parse(JSON.parse(state.body)).resources.some(({ mode }) => mode === 'managed')) return false;
  return (await findUntracked(options, [])).length === 0;
}

/**
 * Takes into the state what an earlier, killed attempt had made, so that it goes with the rest.
 * @returns what could not be taken in
 */
async function adoptLeftovers(run: StepRun, options: StepRunOptions): Promise<Leftover[]> {
  const resources = await findUntracked(options, await stateResources(run.terraform));
  if (resources.length === 0) return [];
  const { adopted, unmatched } = await adoptForRemoval(run, resources);
  run.notes.push(...adopted.map((address) => `found ${stepAddress(address)} by its tags: the state did not know it`));
  return unmatched.map(({ id }) => ({
    step: options.request.step,
    resource: id,
    id,
    reason: "carries this step's tags, but its state does not know it",
  }));
}

/** Addresses come from the module, which needs its input; where that is lost nothing can be taken in. */
async function adoptForRemoval(
  run: StepRun,
  resources: readonly TaggedResource[],
): Promise<{ adopted: string[]; unmatched: readonly TaggedResource[] }> {
  try {
    await run.become('module');
    const plan = await planStep(run.terraform, run.workspace, { onEvent: run.onEvent });
    return await adoptUntracked(run, plan, resources);
  } catch (error) {
    if (run.signal.aborted || !(error instanceof HangarError) || error.retryable) throw error;
    return { adopted: [], unmatched: resources };
  } finally {
    await run.become('state-only');
  }
}

/** What did not go with the resource it belongs to, as a database's automated snapshots do. */
async function stillThere(leftovers: readonly Leftover[], options: StepRunOptions): Promise<Leftover[]> {
  if (leftovers.length === 0) return [];
  const listed = new Set((await findUntracked(options, [])).map(({ id }) => id));
  return leftovers.filter(({ id }) => id !== undefined && listed.has(id));
}

/** What the state still holds. */
async function remaining(run: StepRun, { request }: StepRunOptions): Promise<Omit<Leftover, 'reason'>[]> {
  const resources = await stateResources(run.terraform, { despiteStop: true }).catch(() => []);
  return resources.map(({ address, values }) => ({
    step: request.step,
    resource: stepAddress(address),
    ...(typeof values.id === 'string' ? { id: values.id } : {}),
  }));
}

function withRemaining(error: unknown, stays: readonly Omit<Leftover, 'reason'>[]): unknown {
  if (!(error instanceof HangarError)) return error;
  return new HangarError(error.code, error.message, {
    ...error,
    cause: error.cause,
    problems: [
      ...error.problems,
      ...stays.map(({ resource, id }) => ({ path: resource, message: id ? `still there: ${id}` : 'still there' })),
    ],
  });
}
