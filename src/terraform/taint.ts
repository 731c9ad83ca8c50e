import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';

/** Marks a resource as half made, so that terraform replaces it. */
export async function taint(terraform: Terraform, address: string): Promise<void> {
  await terraform.run(['taint', lockTimeout, address]);
}

/** Takes that mark away. */
export async function untaint(terraform: Terraform, address: string): Promise<void> {
  await terraform.run(['untaint', lockTimeout, address]);
}
