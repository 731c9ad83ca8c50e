import { z } from 'zod';
import type { TerraformBackend } from '../clouds/Cloud.js';
import type { StateStore } from '../clouds/StateStore.js';
import type { LeaseRecord } from './StepLease.js';

/** How long terraform itself waits for a lock that somebody holds for a moment. */
export const lockTimeout = '-lock-timeout=10s';

/** What terraform writes into a lock. @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go */
const lockInfo = z.object({
  ID: z.string(),
  Operation: z.string().default(''),
  Who: z.string().default(''),
  Created: z.string().default(''),
});
export type LockInfo = z.infer<typeof lockInfo>;

/** Clocks of two machines differ by no more than this, in milliseconds. */
const clockSkewMs = 60_000;

/** The lock on a step's state now; undefined when there is none, or where the cloud keeps it otherwise than as an object. */
export async function readLock(
  store: StateStore,
  backend: Pick<TerraformBackend, 'lockKey'>,
): Promise<LockInfo | undefined> {
  if (!backend.lockKey) return undefined;
  const object = await store.get(backend.lockKey);
  if (!object) return undefined;
  try {
    return lockInfo.parse(JSON.parse(object.body));
  } catch {
    // Written half, or by something that is not terraform: nobody's that we know.
    return undefined;
  }
}

/**
 * Whether a lock was taken by the terraform of an attempt that has held the step's lease: it is the one the attempt was
 * seen to hold, or it was taken on that host while the lease was held.
 */
export function tookLock(lease: LeaseRecord, lock: LockInfo): boolean {
  if (lease.lockId !== undefined && lease.lockId === lock.ID) return true;
  const created = Date.parse(lock.Created);
  return (
    lock.Who.endsWith(`@${lease.holder.host}`) &&
    created >= Date.parse(lease.startedAt) - clockSkewMs &&
    // Terraform may outlive the last renewal by as long as it takes to see that its worker has gone.
    created <= Date.parse(lease.renewedAt) + clockSkewMs
  );
}
