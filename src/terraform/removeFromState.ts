import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';

/** Makes the state forget a resource, which itself stays as it is. */
export async function removeFromState(terraform: Terraform, address: string): Promise<void> {
  await terraform.run(['state', 'rm', lockTimeout, address]);
}
