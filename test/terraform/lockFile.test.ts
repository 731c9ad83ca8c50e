import { describe, expect, it } from 'vitest';
import { lockedProviders } from '../../src/terraform/lockFile.js';

describe('lockedProviders', () => {
  it('reads addresses and versions', () => {
    expect(
      lockedProviders(`# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "5.100.0"
  hashes = [
    "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
  ]
}

provider "registry.terraform.io/hashicorp/tls" {
  version = "4.0.6"
  hashes = [
    "zh:version",
  ]
}
`),
    ).toEqual([
      { address: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' },
      { address: 'registry.terraform.io/hashicorp/tls', version: '4.0.6' },
    ]);
  });
});
