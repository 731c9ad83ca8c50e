import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { LoadBalancerStack, Scheme } from './loadBalancerStacks.js';

/** What the controller was told by its chart. */
export interface ControllerArguments {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** The emulator's side of the controller: load balancers, their target groups and listeners. */
export interface ElasticLoadBalancers {
  /** Whether a role that the emulator knows stands behind the service account. */
  roleExists(arn: string): Promise<boolean>;
  /** Makes what the stack asks for, or finds it. @returns the load balancer's host name */
  ensure(stack: LoadBalancerStack, controller: ControllerArguments): Promise<string>;
  /** Deletes what `ensure` made; tolerates that nothing is there. */
  remove(stack: LoadBalancerStack): Promise<void>;
  /** The names that a certificate is good for. */
  certificateNames(arn: string): Promise<string[]>;
}

export function elasticLoadBalancers(endpoint: string, region: string): ElasticLoadBalancers {
  const options = { endpoint, region };
  const elb = new ElasticLoadBalancingV2Client(options);
  const ec2 = new EC2Client(options);
  const iam = new IAMClient(options);
  const acm = new ACMClient(options);

  const find = async (name: string) => {
    const found = await absent(elb.send(new DescribeLoadBalancersCommand({ Names: [name] })));
    return found?.LoadBalancers?.[0];
  };

  /** The subnets that terraform marked for the scheme; https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
  const subnets = async (scheme: Scheme, vpcId: string) => {
    const mark = scheme === 'internal' ? 'kubernetes.io/role/internal-elb' : 'kubernetes.io/role/elb';
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpcId] },
          { Name: 'tag-key', Values: [mark] },
        ],
      }),
    );
    if (Subnets.length < 2)
      throw new Error(`couldn't auto-discover subnets: ${Subnets.length} of ${vpcId} with tag ${mark}, 2 are needed`);
    return Subnets.map(({ SubnetId = '' }) => SubnetId);
  };

  return {
    async roleExists(arn) {
      return (await absent(iam.send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) })))) !== undefined;
    },

    async ensure(stack, controller) {
      const there = await find(stack.name);
      if (there?.DNSName) return there.DNSName;
      const tags = tagsOf(stack, controller);
      const isApplication = stack.kind === 'ingress';
      const { LoadBalancers = [] } = await elb.send(
        new CreateLoadBalancerCommand({
          Name: stack.name,
          Type: isApplication ? 'application' : 'network',
          Scheme: stack.scheme,
          Subnets: await subnets(stack.scheme, controller.vpcId),
          Tags: [...tags, { Key: `${stack.kind}.k8s.aws/resource`, Value: 'LoadBalancer' }],
        }),
      );
      const made = LoadBalancers[0];
      const { TargetGroups = [] } = await elb.send(
        new CreateTargetGroupCommand({
          Name: stack.name,
          Protocol: isApplication ? 'HTTP' : 'TCP',
          Port: 80,
          TargetType: 'ip',
          VpcId: controller.vpcId,
          Tags: [...tags, { Key: `${stack.kind}.k8s.aws/resource`, Value: stack.id }],
        }),
      );
      for (const { protocol, port } of stack.listeners)
        await elb.send(
          new CreateListenerCommand({
            LoadBalancerArn: made?.LoadBalancerArn,
            Protocol: protocol,
            Port: port,
            ...(protocol === 'HTTPS' ? { Certificates: [{ CertificateArn: stack.certificateArns[0] }] } : {}),
            DefaultActions: [{ Type: 'forward', TargetGroupArn: TargetGroups[0]?.TargetGroupArn }],
            Tags: [...tags, { Key: `${stack.kind}.k8s.aws/resource`, Value: String(port) }],
          }),
        );
      return made?.DNSName ?? '';
    },

    async remove({ name }) {
      const balancer = await find(name);
      if (balancer) await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer.LoadBalancerArn }));
      const groups = await absent(elb.send(new DescribeTargetGroupsCommand({ Names: [name] })));
      for (const { TargetGroupArn } of groups?.TargetGroups ?? [])
        await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    },

    async certificateNames(arn) {
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
      return [...new Set([Certificate?.DomainName, ...(Certificate?.SubjectAlternativeNames ?? [])])].filter(
        (name) => name !== undefined,
      );
    },
  };
}

/** The real controller's tracking tags: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/deploy/tracking/provider.go */
function tagsOf({ kind, id, tags }: LoadBalancerStack, { clusterName, defaultTags }: ControllerArguments) {
  const all = { ...tags, ...defaultTags, 'elbv2.k8s.aws/cluster': clusterName, [`${kind}.k8s.aws/stack`]: id };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

/** Undefined where AWS says that there is no such thing. */
async function absent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/NotFound|NoSuchEntity/.test((error as Error).name)) return undefined;
    throw error;
  }
}
