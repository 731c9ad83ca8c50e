import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { GetOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { callAws } from '../callAws.js';

/** The cluster given by `cluster.existing`: it is there, works, stands in the network given, and its pods can have roles. */
export async function checkCluster(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  const name = spec.cluster.existing?.name;
  if (!name) return [];
  const answer = await callAws(
    'eks:DescribeCluster',
    () => clients(EKSClient, spec.region).send(new DescribeClusterCommand({ name })),
    { absent: ['ResourceNotFoundException'] },
  );
  const cluster = answer?.cluster;
  if (!cluster)
    return [
      refusal(`the cluster ${name} is not in ${spec.region}`, 'Give a cluster that `aws eks list-clusters` shows.'),
    ];
  if (cluster.status !== 'ACTIVE')
    return [refusal(`the cluster ${name} is ${cluster.status}`, 'Repeat when it is ACTIVE.')];
  const problems: HangarError[] = [];
  const network = cluster.resourcesVpcConfig?.vpcId;
  if (spec.network.existing && network !== spec.network.existing.id) {
    problems.push(
      refusal(
        `the cluster ${name} is in the network ${network}, not in ${spec.network.existing.id}`,
        'Give the network of the cluster as `network.existing`.',
      ),
    );
  }
  const issuer = cluster.identity?.oidc?.issuer?.replace('https://', '');
  const partition = cluster.arn?.split(':')[1] ?? 'aws';
  const provider = await callAws(
    'iam:GetOpenIDConnectProvider',
    () =>
      clients(IAMClient, spec.region).send(
        new GetOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: `arn:${partition}:iam::${spec.account}:oidc-provider/${issuer}`,
        }),
      ),
    { absent: ['NoSuchEntityException', 'NoSuchEntity'] },
  );
  if (!provider) {
    problems.push(
      refusal(
        `the cluster ${name} has no IAM OIDC provider, so that its pods could have no roles`,
        `Make one: \`eksctl utils associate-iam-oidc-provider --cluster ${name} --region ${spec.region} --approve\`.`,
      ),
    );
  }
  return problems;
}

function refusal(message: string, next: string): HangarError {
  return new HangarError('HGR-206', message, { resource: 'cluster.existing.name', next });
}
