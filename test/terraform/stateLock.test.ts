import { describe, expect, it } from 'vitest';
import type { LeaseRecord } from '../../src/terraform/StepLease.js';
import { readLock, tookLock } from '../../src/terraform/stateLock.js';
import { MemoryStateStore } from './MemoryStateStore.js';

const lease: LeaseRecord = {
  id: 'a',
  holder: { host: 'worker-1', machine: 'm', pid: 7, started: '1' },
  startedAt: '2025-06-01T10:00:00.000Z',
  renewedAt: '2025-06-01T10:20:00.000Z',
};
const lock = (more = {}) => ({
  ID: 'f9763602',
  Operation: 'OperationTypeApply',
  Who: 'hangar@worker-1',
  Created: '2025-06-01T10:05:00.123456789Z',
  ...more,
});

describe('tookLock', () => {
  it('knows the lock that was seen', () => {
    expect(tookLock({ ...lease, lockId: 'f9763602' }, lock({ Who: 'x@y', Created: '' }))).toBe(true);
  });

  it('knows one that was taken on that host while the lease was held', () => {
    expect(tookLock(lease, lock())).toBe(true);
    expect(tookLock({ ...lease, lockId: 'earlier, of the plan' }, lock())).toBe(true);
  });

  it.each([
    ['of another host', { Who: 'hangar@worker-10' }],
    ['of a person', { Who: 'ann@laptop' }],
    ['taken before', { Created: '2025-06-01T09:00:00Z' }],
    ['taken after', { Created: '2025-06-01T11:00:00Z' }],
    ['of no known time', { Created: '' }],
  ])('leaves a lock %s alone', (_, more) => {
    expect(tookLock(lease, lock(more))).toBe(false);
  });
});

describe('readLock', () => {
  it('reads what terraform writes', async () => {
    const store = new MemoryStateStore();
    await store.put('k.tflock', JSON.stringify({ ...lock(), Info: '', Version: '1.11.4', Path: 'b/k' }));
    expect(await readLock(store, { lockKey: 'k.tflock' })).toEqual(lock());
  });

  it('gives nothing where there is nothing to read', async () => {
    const store = new MemoryStateStore();
    expect(await readLock(store, { lockKey: 'k.tflock' })).toBeUndefined();
    expect(await readLock(store, {})).toBeUndefined();
    await store.put('k.tflock', '{"ID":');
    expect(await readLock(store, { lockKey: 'k.tflock' })).toBeUndefined();
  });
});
