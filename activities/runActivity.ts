import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { HangarError } from '../src/errors/HangarError.js';
import type { StepProgress } from '../src/graph/StepRequest.js';

/** What an activity's work gets from Temporal. */
export interface ActivityTools {
  /** Aborted when the activity is cancelled or the worker shuts down: stop once, gently, and wait for the tool to end. */
  readonly signal: AbortSignal;
  /** Attempt, counted from 1. */
  readonly attempt: number;
  /** Where the last attempt of this activity was when it was heard of last. */
  readonly lastProgress?: StepProgress;
  /** Tells where the work is; cheap to call often. */
  report(progress: StepProgress): void;
}

/** Heartbeats go out this often even when nothing changes: a silent worker is a dead one. */
const heartbeatMs = 3_000;

/**
 * Runs an activity's work: heartbeats with its latest progress, and turns its errors into Temporal's.
 * A HangarError becomes an ApplicationFailure whose type is the code, whose first detail is its JSON, and which is
 * retried only if the code's table says so; anything else is HGR-901.
 * @throws CancelledFailure when the work stopped because it was cancelled
 */
export async function runActivity<T>(step: string, work: (tools: ActivityTools) => Promise<T>): Promise<T> {
  const context = Context.current();
  let progress: StepProgress = context.info.heartbeatDetails ?? { phase: 'start' };
  const beat = () => context.heartbeat(progress);
  beat();
  const timer = setInterval(beat, heartbeatMs);
  try {
    return await work({
      signal: context.cancellationSignal,
      attempt: context.info.attempt,
      lastProgress: context.info.heartbeatDetails,
      report(next) {
        progress = next;
        beat();
      },
    });
  } catch (error) {
    if (error instanceof CancelledFailure || error instanceof ApplicationFailure) throw error;
    if (context.cancellationSignal.aborted) throw new CancelledFailure(`step ${step} was stopped`);
    const known =
      error instanceof HangarError
        ? error.withStep(step)
        : new HangarError('HGR-901', `${error instanceof Error ? error.message : String(error)}`, {
            step,
            cause: error,
          });
    throw ApplicationFailure.create({
      type: known.code,
      message: known.message,
      nonRetryable: !known.retryable,
      details: [known.toJSON()],
    });
  } finally {
    clearInterval(timer);
  }
}
