import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';

/** @see https://docs.aws.amazon.com/cli/latest/reference/eks/update-kubeconfig.html */
export function kubeconfigCommand(spec: Pick<DeploymentSpec, 'name' | 'region'>, clusterName: string): string {
  return `aws eks update-kubeconfig --region ${spec.region} --name ${clusterName} --alias hangar-${spec.name}`;
}
