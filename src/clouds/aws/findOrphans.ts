import {
  EC2Client,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeVolumes,
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

/** Whose cluster it is. */
export interface ClusterOwner {
  readonly clusterName: string;
  /** Set where the cluster is shared (`cluster.existing`): only what its controllers made for this deployment counts. */
  readonly sharedWith?: { readonly deployment: string; readonly namespace: string };
}

/**
 * What Kubernetes controllers made for a cluster outside terraform and that is still there: load balancers and target
 * groups, security groups, volumes, network interfaces. Controllers mark what they make with the cluster's name; what
 * terraform or EKS itself made carries other marks as well and is not counted.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#resource-tags
 */
export async function findOrphans(clients: AwsClients, region: string, owner: ClusterOwner): Promise<Leftover[]> {
  const groups = await Promise.all([balancersAndTargets(clients, region, owner), inEc2(clients, region, owner)]);
  return groups.flat();
}

async function balancersAndTargets(clients: AwsClients, region: string, owner: ClusterOwner): Promise<Leftover[]> {
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
      if (ResourceArn && madeFor(Tags, owner)) found.push(orphan(names.get(ResourceArn)!, ResourceArn));
    }
  }
  return found;
}

interface Marked {
  readonly kind: string;
  readonly id: string;
  readonly tags: readonly Tag[] | undefined;
}

async function inEc2(clients: AwsClients, region: string, owner: ClusterOwner): Promise<Leftover[]> {
  const ec2 = clients(EC2Client, region);
  const perMark = await Promise.all(marks(owner.clusterName).map((mark) => markedInEc2(ec2, mark)));
  // What carries two marks is found twice.
  const byId = new Map(perMark.flat().map((marked) => [marked.id, marked]));
  return [...byId.values()].flatMap(({ kind, id, tags }) =>
    madeFor(tags, owner) ? [orphan(`${kind} ${id}`, id)] : [],
  );
}

async function markedInEc2(client: EC2Client, [key, value]: readonly [string, string]): Promise<Marked[]> {
  const Filters = [{ Name: `tag:${key}`, Values: [value] }];
  const found: Marked[] = [];
  await callAws('ec2:DescribeVolumes', async () => {
    for await (const page of paginateDescribeVolumes({ client }, { Filters })) {
      for (const { VolumeId, Tags } of page.Volumes ?? []) found.push({ kind: 'volume', id: VolumeId!, tags: Tags });
    }
  });
  await callAws('ec2:DescribeSecurityGroups', async () => {
    for await (const page of paginateDescribeSecurityGroups({ client }, { Filters })) {
      for (const group of page.SecurityGroups ?? []) {
        found.push({ kind: 'security group', id: group.GroupId!, tags: group.Tags });
      }
    }
  });
  await callAws('ec2:DescribeNetworkInterfaces', async () => {
    for await (const page of paginateDescribeNetworkInterfaces({ client }, { Filters })) {
      for (const item of page.NetworkInterfaces ?? []) {
        found.push({ kind: 'network interface', id: item.NetworkInterfaceId!, tags: item.TagSet });
      }
    }
  });
  return found;
}

/** The tags by which controllers say which cluster they work for. */
function marks(clusterName: string): (readonly [key: string, value: string])[] {
  return [
    [`kubernetes.io/cluster/${clusterName}`, 'owned'],
    ['elbv2.k8s.aws/cluster', clusterName],
    ['cluster.k8s.amazonaws.com/name', clusterName],
  ];
}

function madeFor(tags: readonly Tag[] | undefined, { clusterName, sharedWith }: ClusterOwner): boolean {
  const value = (key: string) => tags?.find(({ Key }) => Key === key)?.Value;
  const ofCluster = marks(clusterName).some(([key, mark]) => value(key) === mark);
  const byOthers = tags?.some(
    ({ Key }) => Key === deploymentTag || Key?.startsWith('aws:eks:') || Key?.startsWith('eks:'),
  );
  if (!ofCluster || byOthers) return false;
  if (!sharedWith) return true;
  // `<group>` of ingresses or `<namespace>/<name>`, as the load balancer controller and the EBS driver mark them.
  const stack = value('ingress.k8s.aws/stack') ?? value('service.k8s.aws/stack') ?? value('kubernetes.io/service-name');
  return (
    stack === sharedWith.deployment ||
    stack?.startsWith(`${sharedWith.namespace}/`) === true ||
    value('kubernetes.io/created-for/pvc/namespace') === sharedWith.namespace
  );
}

function orphan(resource: string, id: string): Leftover {
  return { step: 'platform', resource, id, reason: 'made by a Kubernetes controller of the cluster and still there' };
}
