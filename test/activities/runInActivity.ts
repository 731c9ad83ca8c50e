import { asyncLocalStorage, Context, type Info } from '@temporalio/activity';
import type { StepProgress } from '../../src/graph/StepRequest.js';

/** What Temporal tells an activity, as far as Hangar's activities look at it. */
interface Surroundings {
  attempt?: number;
  heartbeatDetails?: StepProgress;
  signal?: AbortSignal;
  workflow?: { workflowId: string; runId: string };
}

/** Runs an activity as a worker would, without a server; gives its result and its heartbeats. */
export async function runInActivity<T>(
  work: () => Promise<T>,
  surroundings: Surroundings = {},
): Promise<{ result: T; beats: StepProgress[] }> {
  const beats: StepProgress[] = [];
  const info = {
    attempt: surroundings.attempt ?? 1,
    heartbeatDetails: surroundings.heartbeatDetails,
    workflowExecution: surroundings.workflow ?? { workflowId: 'flyte/research', runId: 'run' },
  } as Info;
  const never = new Promise<never>(() => {});
  const nothing = undefined as never;
  const signal = surroundings.signal ?? new AbortController().signal;
  const context = new Context(info, never, signal, (beat) => beats.push(beat), undefined, nothing, nothing, nothing);
  return asyncLocalStorage.run(context, async () => ({ result: await work(), beats }));
}
