import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { StateStore } from '../clouds/StateStore.js';
import { HangarError } from '../errors/HangarError.js';
import { hasEnded, thisProcess } from './processIdentity.js';

const record = z.object({
  /** Of the one attempt that holds it. */
  id: z.string(),
  holder: z.object({ host: z.string(), machine: z.string(), pid: z.number(), started: z.string() }),
  startedAt: z.string(),
  renewedAt: z.string(),
  /** The state lock that its terraform was last seen to hold. */
  lockId: z.string().optional(),
});

/** What a lease says about who holds it. */
export type LeaseRecord = z.infer<typeof record>;

/** How leases are timed, in seconds. */
export interface LeaseTimes {
  /** How often the holder renews it. */
  readonly renew: number;
  /** How long the holder may fail to renew before it stops its own terraform. */
  readonly surrender: number;
  /** How long a lease must be seen unrenewed before another attempt takes it: `surrender` and time to save a state. */
  readonly expire: number;
}

/** The defaults: a dead machine holds a step up for two minutes, a cut-off one has one of them to save its state. */
export const leaseTimes: LeaseTimes = { renew: 10, surrender: 60, expire: 120 };

/**
 * The right to run terraform on one step: an object beside the state, written with conditions so that one attempt holds it.
 *
 * Temporal starts a new attempt once it has not heard of the old one for a while, but the old one may be alive on a machine
 * that is cut off from Temporal. Breaking its state lock then would give one state two writers. So an attempt renews
 * its lease while it works and stops its terraform when it cannot; a new attempt takes a lease over only when its holder is
 * known to have ended, or when it has itself seen the lease unrenewed for `expire` seconds. Clocks are never compared.
 * What remains: a terraform on a cut-off machine that takes longer than `expire - surrender` to stop can still write its state
 * after another has begun. S3's state objects know no fencing.
 */
export class StepLease {
  /** What the lease said that was taken over; undefined when it was free. */
  readonly previous: LeaseRecord | undefined;
  /** Aborted when the lease is lost: whoever works under it stops. */
  readonly lost: AbortSignal;
  readonly #lost = new AbortController();
  readonly #store: StateStore;
  readonly #key: string;
  readonly #times: LeaseTimes;
  readonly #look: (() => Promise<string | undefined>) | undefined;
  #record: LeaseRecord;
  #etag: string;
  #renewedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> = Promise.resolve();

  private constructor(options: LeaseOptions, held: { record: LeaseRecord; etag: string; previous?: LeaseRecord }) {
    this.lost = this.#lost.signal;
    this.#store = options.store;
    this.#key = options.key;
    this.#times = options.times ?? leaseTimes;
    this.#look = options.currentLock;
    this.#record = held.record;
    this.#etag = held.etag;
    this.previous = held.previous;
    this.#schedule();
  }

  /**
   * Takes the lease of a step.
   * @throws HGR-302 when another attempt holds it and is alive
   */
  static async acquire(options: LeaseOptions): Promise<StepLease> {
    const { store, key, times = leaseTimes, signal } = options;
    const now = new Date().toISOString();
    const mine: LeaseRecord = { id: randomUUID(), holder: thisProcess(), startedAt: now, renewedAt: now };
    const body = JSON.stringify(mine);
    let seen: { etag: string; since: number } | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const current = await store.get(key);
      const previous = current && readRecord(current.body);
      if (current && previous && !hasEnded(previous.holder)) {
        // A renewal while watching: the holder lives.
        if (seen && seen.etag !== current.etag) throw inUse(previous);
        seen ??= { etag: current.etag, since: performance.now() };
        if (performance.now() - seen.since < times.expire * 1000) {
          options.onWait?.(`another run on ${previous.holder.host} to end or to be heard of`);
          await delay(Math.min(times.renew * 500, 2_000), undefined, { signal });
          continue;
        }
      }
      try {
        const etag = await store.put(key, body, current ? { ifMatch: current.etag } : { ifAbsent: true });
        return new StepLease(options, { record: mine, etag, previous });
      } catch (error) {
        if (!(error instanceof HangarError) || error.code !== 'HGR-705') throw error;
        // Another attempt was quicker: look again.
      }
    }
  }

  /** The state lock that this attempt's terraform was last seen to hold. */
  get lockId(): string | undefined {
    return this.#record.lockId;
  }

  /** What the lease says now. */
  get record(): LeaseRecord {
    return this.#record;
  }

  /** Gives the lease up. */
  async release(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#renewing;
    if (!this.#lost.signal.aborted) await this.#store.delete(this.#key);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew().finally(() => {
        if (this.#timer && !this.#lost.signal.aborted) this.#schedule();
      });
    }, this.#times.renew * 1000);
    this.#timer.unref();
  }

  async #renew(): Promise<void> {
    try {
      const lockId = (await this.#look?.()) ?? this.#record.lockId;
      const next = { ...this.#record, renewedAt: new Date().toISOString(), ...(lockId ? { lockId } : {}) };
      this.#etag = await this.#store.put(this.#key, JSON.stringify(next), { ifMatch: this.#etag });
      this.#record = next;
      this.#renewedAt = performance.now();
    } catch (error) {
      const taken = error instanceof HangarError && error.code === 'HGR-705';
      if (taken || performance.now() - this.#renewedAt > this.#times.surrender * 1000) this.#lost.abort();
    }
  }
}

export interface LeaseOptions {
  readonly store: StateStore;
  readonly key: string;
  readonly times?: LeaseTimes;
  /** Stops the wait for it. */
  readonly signal?: AbortSignal;
  /** Told in words what it waits for. */
  readonly onWait?: (what: string) => void;
  /** The id of the lock on the state now. */
  readonly currentLock?: () => Promise<string | undefined>;
}

function inUse({ holder, startedAt }: LeaseRecord): HangarError {
  return new HangarError('HGR-302', `another run works on this step: on ${holder.host} since ${startedAt}`, {
    next: 'Wait until it ends: this run goes on by itself then.',
  });
}

function readRecord(body: string): LeaseRecord | undefined {
  try {
    return record.parse(JSON.parse(body));
  } catch {
    // A lease that cannot be read protects nobody.
    return undefined;
  }
}
