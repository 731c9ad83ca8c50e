import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';

/** The least a deployment needs. */
export const minimalSpec = {
  version: 1,
  name: 'research',
  cloud: 'aws',
  region: 'us-east-1',
  account: '123456789012',
} as const satisfies DeploymentSpecInput;

export const existingNetwork = {
  id: 'vpc-00000001',
  publicSubnets: ['subnet-0000000a', 'subnet-0000000b'],
  privateSubnets: ['subnet-0000000c', 'subnet-0000000d'],
  databaseSubnets: ['subnet-0000000e', 'subnet-0000000f'],
};
