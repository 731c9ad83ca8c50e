import type { Terraform } from './Terraform.js';

/** Gives up the lock of that id; terraform refuses when the lock is another one by now. */
export async function forceUnlock(terraform: Terraform, lockId: string): Promise<void> {
  await terraform.run(['force-unlock', '-force', lockId]);
}
