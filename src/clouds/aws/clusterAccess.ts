import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import { HangarError } from '../../errors/HangarError.js';
import type { ClusterAccess } from '../../kubernetes/ClusterAccess.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { eksToken } from './eksToken.js';
import { stsEndpoint } from './stsEndpoint.js';

/**
 * Access to an EKS cluster as its API server expects it from kubectl; tokens are made here, without a request.
 * @throws HGR-413 when the cluster is not there or has no endpoint; HGR-401 when that cannot be told
 */
export async function clusterAccess(clients: AwsClients, region: string, clusterName: string): Promise<ClusterAccess> {
  const answer = await callAws(
    'eks:DescribeCluster',
    () => clients(EKSClient, region).send(new DescribeClusterCommand({ name: clusterName })),
    { absent: ['ResourceNotFoundException'], otherwise: 'HGR-401' },
  );
  const server = answer?.cluster?.endpoint;
  const authority = answer?.cluster?.certificateAuthority?.data;
  if (!server || !authority) {
    const state = answer ? `is ${answer.cluster?.status} and has no endpoint` : 'is not there';
    throw new HangarError('HGR-413', `the EKS cluster ${clusterName} in ${region} ${state}`, { resource: clusterName });
  }
  const endpoint = await callAws('sts:GetCallerIdentity', () => stsEndpoint(clients(STSClient, region)));
  return {
    name: clusterName,
    server,
    certificateAuthority: Buffer.from(authority, 'base64').toString('utf8'),
    async token() {
      const credentials = await callAws('the AWS credentials', () => clients.credentials());
      return eksToken({ clusterName, region, endpoint, credentials, now: new Date() });
    },
  };
}
