import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import type { TaggedResource } from '../Cloud.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { taggedResource } from './hangarTags.js';

const absent = ['ResourceNotFoundException'];

/** EKS clusters and node groups that carry Hangar's tag. */
export async function findClustersByTag(
  clients: AwsClients,
  region: string,
  deployment?: string,
): Promise<TaggedResource[]> {
  const eks = clients(EKSClient, region);
  const found: TaggedResource[] = [];
  const names = await callAws('eks:ListClusters', async () => {
    const all: string[] = [];
    for await (const page of paginateListClusters({ client: eks }, {})) all.push(...(page.clusters ?? []));
    return all;
  });
  for (const name of names) {
    const answer = await callAws('eks:DescribeCluster', () => eks.send(new DescribeClusterCommand({ name })), {
      absent,
    });
    const cluster = taggedResource(answer?.cluster?.arn, answer?.cluster?.tags, deployment);
    if (!cluster) continue;
    found.push(cluster);
    const groups = await callAws(
      'eks:ListNodegroups',
      async () => {
        const all: string[] = [];
        for await (const page of paginateListNodegroups({ client: eks }, { clusterName: name }))
          all.push(...(page.nodegroups ?? []));
        return all;
      },
      { absent },
    );
    for (const nodegroupName of groups ?? []) {
      const group = await callAws(
        'eks:DescribeNodegroup',
        () => eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName })),
        { absent },
      );
      const resource = taggedResource(group?.nodegroup?.nodegroupArn, group?.nodegroup?.tags, deployment);
      if (resource) found.push(resource);
    }
  }
  return found;
}
