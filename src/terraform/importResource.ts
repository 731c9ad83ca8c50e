import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';

/**
 * Takes a resource that is already there into the state.
 * @param address as planned: `module.step.aws_vpc.main`
 * @param id what the resource type imports by: see importIds.ts
 */
export async function importResource(terraform: Terraform, address: string, id: string): Promise<void> {
  await terraform.run(['import', '-input=false', '-no-color', lockTimeout, address, id]);
}
