import type { Terraform } from './Terraform.js';

/**
 * `terraform init` in a workspace whose files are written.
 * @param locked the workspace has a lock file, against which every provider is verified and which stays as it is
 * @throws HGR-309 when a provider is missing or is not the one that the lock file names; HGR-301 for a wrong configuration
 */
export async function initStep(terraform: Terraform, locked: boolean): Promise<void> {
  await terraform.run(['init', '-json', '-input=false', ...(locked ? ['-lockfile=readonly'] : [])]);
}
