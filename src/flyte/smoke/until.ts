import { setTimeout as sleep } from 'node:timers/promises';
import type { SmokeContext } from './SmokeCheck.js';

/**
 * Repeats `look` until it gives something, or until the context's signal ends it.
 * A failure is remembered and is what the end rejects with.
 */
export async function until<T>(
  { signal, pollMs = 500 }: Pick<SmokeContext, 'signal' | 'pollMs'>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  let failure: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined) return found;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    try {
      signal?.throwIfAborted();
      await sleep(pollMs, undefined, { signal });
    } catch (aborted) {
      throw failure ?? aborted;
    }
  }
}
