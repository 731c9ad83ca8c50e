import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Leftover } from '../../graph/StepRequest.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { deploymentTag } from './hangarTags.js';

type Tag = { Key?: string | undefined; Value?: string | undefined };

/** DescribeTags of load balancers takes so many at once. */
const atOnce = 20;

/**
 * What Kubernetes controllers made for a cluster outside terraform and that is still there: load balancers and target
 * groups, security groups, volumes, network interfaces. Controllers mark what they make with the cluster's name; what
 * terraform or EKS itself made carries other marks as well and is not counted.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#resource-tags
 */
export async function findOrphans(clients: AwsClients, region: string, clusterName: string): Promise<Leftover[]> {
  const groups = await Promise.all([
    balancersAndTargets(clients, region, clusterName),
    inEc2(clients, region, clusterName),
  ]);
  return groups.flat();
}

async function balancersAndTargets(clients: AwsClients, region: string, clusterName: string): Promise<Leftover[]> {
  const client = clients(ElasticLoadBalancingV2Client, region);
  const names = await callAws('elasticloadbalancing:DescribeLoadBalancers', async () => {
    const byArn = new Map<string, string>();
    for await (const page of paginateDescribeLoadBalancers({ client }, {})) {
      for (const item of page.LoadBalancers ?? [])
        byArn.set(item.LoadBalancerArn!, `load balancer ${item.LoadBalancerName}`);
    }
    for await (const page of paginateDescribeTargetGroups({ client }, {})) {
      for (const item of page.TargetGroups ?? [])
        byArn.set(item.TargetGroupArn!, `target group ${item.TargetGroupName}`);
    }
    return byArn;
  });
  const arns = [...names.keys()];
  const found: Leftover[] = [];
  for (let start = 0; start < arns.length; start += atOnce) {
    const ResourceArns = arns.slice(start, start + atOnce);
    const page = await callAws(
      'elasticloadbalancing:DescribeTags',
      () => client.send(new DescribeTagsCommand({ ResourceArns })),
      { absent: ['LoadBalancerNotFoundException', 'TargetGroupNotFoundException'] },
    );
    for (const { ResourceArn, Tags } of page?.TagDescriptions ?? []) {
      if (ResourceArn && madeForCluster(Tags, clusterName)) found.push(orphan(names.get(ResourceArn)!, ResourceArn));
    }
  }
  return found;
}

async function inEc2(clients: AwsClients, region: string, clusterName: string): Promise<Leftover[]> {
  const ec2 = clients(EC2Client, region);
  const Filters = [
    {
      Name: 'tag-key',
      Values: [`kubernetes.io/cluster/${clusterName}`, 'elbv2.k8s.aws/cluster', 'cluster.k8s.amazonaws.com/name'],
    },
  ];
  const [volumes, securityGroups, interfaces] = await Promise.all([
    callAws('ec2:DescribeVolumes', () => ec2.send(new DescribeVolumesCommand({ Filters }))),
    callAws('ec2:DescribeSecurityGroups', () => ec2.send(new DescribeSecurityGroupsCommand({ Filters }))),
    callAws('ec2:DescribeNetworkInterfaces', () => ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))),
  ]);
  const all = [
    ...(volumes.Volumes ?? []).map(({ VolumeId, Tags }) => ({ kind: 'volume', id: VolumeId, Tags })),
    ...(securityGroups.SecurityGroups ?? []).map(({ GroupId, Tags }) => ({
      kind: 'security group',
      id: GroupId,
      Tags,
    })),
    ...(interfaces.NetworkInterfaces ?? []).map((item) => ({
      kind: 'network interface',
      id: item.NetworkInterfaceId,
      Tags: item.TagSet,
    })),
  ];
  return all.flatMap(({ kind, id, Tags }) =>
    id && madeForCluster(Tags, clusterName) ? [orphan(`${kind} ${id}`, id)] : [],
  );
}

function madeForCluster(tags: readonly Tag[] | undefined, clusterName: string): boolean {
  const value = (key: string) => tags?.find(({ Key }) => Key === key)?.Value;
  const ofCluster =
    value(`kubernetes.io/cluster/${clusterName}`) === 'owned' ||
    value('elbv2.k8s.aws/cluster') === clusterName ||
    value('cluster.k8s.amazonaws.com/name') === clusterName;
  const byOthers = tags?.some(
    ({ Key }) => Key === deploymentTag || Key?.startsWith('aws:eks:') || Key?.startsWith('eks:'),
  );
  return ofCluster && !byOthers;
}

function orphan(resource: string, id: string): Leftover {
  return { step: 'platform', resource, id, reason: 'made by a Kubernetes controller of the cluster and still there' };
}
