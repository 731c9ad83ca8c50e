import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { thisProcess } from '../../src/terraform/processIdentity.js';
import { type LeaseRecord, StepLease } from '../../src/terraform/StepLease.js';
import { MemoryStateStore } from './MemoryStateStore.js';

const key = 'deployments/d/network.lease.json';
/** Short, so that nobody waits; no test asserts how long anything takes. */
const times = { renew: 0.02, surrender: 0.1, expire: 0.3 };

let store: MemoryStateStore;
beforeEach(() => {
  store = new MemoryStateStore();
});
const acquire = (more: Partial<Parameters<typeof StepLease.acquire>[0]> = {}) =>
  StepLease.acquire({ store, key, times, ...more });
const stored = async () => JSON.parse((await store.get(key))!.body) as LeaseRecord;

/** A lease that somebody on another machine holds. */
const elsewhere = (): LeaseRecord => ({
  id: 'theirs',
  holder: { host: 'other', machine: 'other boot-id', pid: 7, started: '1' },
  startedAt: '2025-01-01T00:00:00.000Z',
  renewedAt: '2025-01-01T00:00:00.000Z',
  lockId: 'lock-1',
});

describe('StepLease', () => {
  it('is free to the first, and gone once it is given up', async () => {
    const lease = await acquire();
    expect(lease.previous).toBeUndefined();
    expect((await stored()).holder).toEqual(thisProcess());
    await lease.release();
    expect(await store.get(key)).toBeUndefined();
  });

  it('refuses a second attempt while the first renews it', async () => {
    const lease = await acquire();
    await expect(acquire()).rejects.toMatchObject({ code: 'HGR-302', retryable: true });
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it('lets one of many have it', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquire()));
    const held = results.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'HGR-302' });
    }
    await held[0]!.value.release();
  });

  it('takes over from a process of this machine that has ended, without waiting', async () => {
    const dead = { ...elsewhere(), holder: { ...thisProcess(), pid: 2 ** 22 + 1 } };
    await store.put(key, JSON.stringify(dead));
    const waits: string[] = [];
    const lease = await acquire({ onWait: (what) => waits.push(what) });
    expect(waits).toEqual([]);
    expect(lease.previous).toEqual(dead);
    await lease.release();
  });

  it('tells a later process of the same number from its holder', async () => {
    await store.put(key, JSON.stringify({ ...elsewhere(), holder: { ...thisProcess(), started: '1' } }));
    const lease = await acquire();
    expect(lease.previous?.id).toBe('theirs');
    await lease.release();
  });

  it('takes over from another machine only after having seen it silent, and says what it waits for', async () => {
    await store.put(key, JSON.stringify(elsewhere()));
    const waits: string[] = [];
    const lease = await acquire({ onWait: (what) => waits.push(what) });
    expect(waits[0]).toBe('another run on other to end or to be heard of');
    expect(lease.previous).toEqual(elsewhere());
    await lease.release();
  });

  it('believes a renewal, not a clock: a holder whose clock is years behind keeps its lease', async () => {
    await store.put(key, JSON.stringify(elsewhere()));
    const renewing = setInterval(() => void store.put(key, JSON.stringify(elsewhere())), 20);
    await expect(acquire()).rejects.toThrow('another run works on this step: on other since 2025-01-01T00:00:00.000Z');
    clearInterval(renewing);
  });

  it('stops waiting when it is told to', async () => {
    await store.put(key, JSON.stringify(elsewhere()));
    const stop = new AbortController();
    const waiting = acquire({ signal: stop.signal, onWait: () => stop.abort(), times: { ...times, expire: 60 } });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect((await stored()).id).toBe('theirs');
  });

  it('is lost to whoever takes it over, and leaves the new one alone', async () => {
    const lease = await acquire();
    await store.put(key, JSON.stringify(elsewhere()));
    await once(lease.lost, 'abort');
    await lease.release();
    expect((await stored()).id).toBe('theirs');
  });

  it('is given up by a holder that cannot reach the bucket, before anybody else may take it', async () => {
    const lease = await acquire();
    store.unreachable = true;
    await once(lease.lost, 'abort');
    expect(times.surrender).toBeLessThan(times.expire);
    store.unreachable = false;
    await lease.release();
  });

  it('outlives a short break', async () => {
    const lease = await acquire({ times: { ...times, surrender: 30 } });
    store.unreachable = true;
    await delay(60);
    store.unreachable = false;
    const before = (await stored()).renewedAt;
    await expect.poll(async () => (await stored()).renewedAt).not.toBe(before);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it('remembers the lock that its terraform was seen to hold', async () => {
    let lock: string | undefined = 'lock-9';
    const lease = await acquire({ currentLock: async () => lock });
    await expect.poll(() => lease.lockId).toBe('lock-9');
    lock = undefined;
    await delay(50);
    expect((await stored()).lockId).toBe('lock-9');
    await lease.release();
  });

  it('passes on what is wrong with the bucket', async () => {
    store.unreachable = true;
    await expect(acquire()).rejects.toBeInstanceOf(HangarError);
  });
});
