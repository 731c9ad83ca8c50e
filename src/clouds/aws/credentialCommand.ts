import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';

/** @see https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html */
export function credentialCommand(spec: Pick<DeploymentSpec, 'region'>, clusterName: string) {
  const args = ['--region', spec.region, 'eks', 'get-token', '--cluster-name', clusterName, '--output', 'json'];
  return { command: 'aws', args };
}
