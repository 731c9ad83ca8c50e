import { DescribeClusterVersionsCommand, EKSClient } from '@aws-sdk/client-eks';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';

/** EKS offers the Kubernetes version. Not known, and so not refused, where EKS does not tell (no permission, an emulator). */
export async function checkClusterVersion(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  if (spec.cluster.existing) return [];
  let offered: string[];
  try {
    const { clusterVersions = [] } = await clients(EKSClient, spec.region).send(
      new DescribeClusterVersionsCommand({ clusterVersions: undefined, includeAll: false }),
    );
    offered = clusterVersions.flatMap(({ clusterVersion }) => clusterVersion ?? []);
  } catch {
    return [];
  }
  if (offered.length === 0 || offered.includes(spec.cluster.version)) return [];
  return [
    new HangarError('HGR-102', `EKS in ${spec.region} does not offer Kubernetes ${spec.cluster.version}`, {
      resource: 'cluster.version',
      next: `Use one of ${offered.sort().join(', ')}.`,
    }),
  ];
}
