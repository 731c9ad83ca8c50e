import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import type { StepProgress } from '../graph/StepRequest.js';

/** Something that is still in the cluster, and what holds it. */
export interface Remaining {
  /** `ingress flyte/console` */
  readonly object: string;
  readonly reason: string;
}

export interface AwaitGoneOptions {
  /** In seconds. */
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
  readonly report?: (progress: StepProgress) => void;
}

const pollMs = 1_000;

/**
 * Asks again and again what is still there, and tells it as progress, until nothing is or the time is up.
 * @returns what is left
 * @throws HGR-409 when aborted
 */
export async function awaitGone(
  read: () => Promise<readonly Remaining[]>,
  { timeoutSeconds, signal, report }: AwaitGoneOptions,
): Promise<readonly Remaining[]> {
  const end = Date.now() + timeoutSeconds * 1000;
  let most = 0;
  for (;;) {
    const remaining = await read();
    if (remaining.length === 0 || Date.now() >= end) return remaining;
    if (signal?.aborted) throw new HangarError('HGR-409', 'stopped while waiting for objects to go');
    most = Math.max(most, remaining.length);
    report?.({
      phase: 'clean up',
      done: most - remaining.length,
      total: most,
      waitingFor: describeRemaining(remaining),
    });
    await sleep(Math.min(pollMs, end - Date.now()), undefined, { signal }).catch(() => undefined);
  }
}

/** One line: the first three and how many more. */
export function describeRemaining(remaining: readonly Remaining[]): string {
  const shown = remaining.slice(0, 3).map(({ object, reason }) => `${object}: ${reason}`);
  return [...shown, ...(remaining.length > 3 ? [`and ${remaining.length - 3} more`] : [])].join('; ');
}

/** Why an object that was deleted is still there. */
export function heldBy(metadata: { finalizers?: string[]; deletionTimestamp?: Date } | undefined): string {
  const finalizers = metadata?.finalizers ?? [];
  if (!metadata?.deletionTimestamp) return 'is not deleted yet';
  return finalizers.length > 0 ? `waits for finalizer ${finalizers.join(', ')}` : 'is being deleted';
}
