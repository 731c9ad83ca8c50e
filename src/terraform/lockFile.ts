/** Name of terraform's dependency lock file. */
export const lockFileName = '.terraform.lock.hcl';

/** A provider that a lock file pins. */
export interface LockedProvider {
  /** `registry.terraform.io/hashicorp/aws` */
  readonly address: string;
  readonly version: string;
}

/**
 * The providers pinned by a lock file. Terraform writes the file itself, in one form only.
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function lockedProviders(text: string): LockedProvider[] {
  return [...text.matchAll(/^provider "([^"]+)" \{$[\s\S]*?^ {2}version\s*=\s*"([^"]+)"$/gm)].map(
    ([, address, version]) => ({ address: address!, version: version! }),
  );
}
