import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';

/**
 * Saves a state file as the step's state. Terraform refuses one of another lineage or older than what is there.
 * Runs to its end even when a stop is asked for: what it saves exists nowhere else.
 */
export async function pushState(terraform: Terraform, path: string): Promise<void> {
  await terraform.run(['state', 'push', lockTimeout, path], { despiteStop: true });
}
