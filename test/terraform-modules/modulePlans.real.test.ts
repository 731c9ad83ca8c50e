import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeholderOutputs } from '../../src/clouds/aws/placeholderOutputs.js';
import { type AwsModule, awsModules } from '../../src/clouds/aws/terraformModule.js';
import type { Json } from '../../src/clouds/Cloud.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { ModuleBed, type ResourceChange } from './ModuleBed.js';
import { type Statement, statementsOf } from './policies.js';

/** Every kind of resource that the modules know. */
const full = parseSpec({
  ...minimalSpec,
  size: 'large',
  domain: 'flyte.example.com',
  cluster: { gpu: true },
  flyte: { components: { scheduler: 'cloud' } },
});
/** As little as there can be. */
const bare = parseSpec({
  ...minimalSpec,
  name: 'bare',
  network: { flowLogs: false },
  flyte: { components: { scheduler: 'off', notifications: false } },
});

let bed: ModuleBed;
beforeAll(async () => {
  bed = await ModuleBed.start();
});
afterAll(() => bed?.stop());

const planOf = (spec: typeof full, step: AwsModule, variables: Record<string, Json> = {}) =>
  bed.plan({ spec, step, outputs: placeholderOutputs(spec) }, variables);

describe('planned before anything is there, with stand-ins for the outputs of earlier steps', () => {
  const plans = {} as Record<AwsModule, ResourceChange[]>;
  const statements: Statement[] = [];
  beforeAll(async () => {
    for (const step of awsModules) {
      plans[step] = await planOf(full, step);
      statements.push(
        ...plans[step].flatMap(({ address, change }) => statementsOf({ address, values: change.after ?? {} })),
      );
    }
  });

  const resources = (step: AwsModule, type: string) =>
    plans[step].filter((resource) => resource.type === type).map((resource) => resource.change.after!);

  it('each module only creates', () => {
    for (const step of awsModules) {
      expect(plans[step].length, step).toBeGreaterThan(0);
      expect(plans[step].filter(({ change }) => change.actions.join() !== 'create')).toEqual([]);
    }
  });

  it('knows every policy when planning', () => {
    const holders = Object.values(plans)
      .flat()
      .filter(({ type }) => /^aws_iam_role$|policy$/.test(type));
    // 11 roles, 9 policies of roles, and the bucket's.
    expect(holders).toHaveLength(21);
    const known = new Set(statements.map((statement) => statement.where.split(' ')[0]));
    expect(holders.map((holder) => holder.address).filter((address) => !known.has(address))).toEqual([]);
  });

  it('allows no action by a wildcard', () => {
    const allowed = statements.filter((statement) => statement.effect === 'Allow');
    expect(
      allowed.flatMap(({ where, actions }) =>
        actions.filter((each) => /[*?]/.test(each)).map((each) => `${where}: ${each}`),
      ),
    ).toEqual([]);
    expect(allowed.filter((statement) => statement.actions.length === 0)).toEqual([]);
  });

  it('allows on every resource only what reads and takes no resource', () => {
    const everywhere = statements.filter(({ effect, resources: on }) => effect === 'Allow' && on.includes('*'));
    const actions = everywhere.flatMap((statement) => statement.actions);
    expect(
      actions.filter((action) => !/^(ec2|elasticloadbalancing|autoscaling|acm):(Describe|Get|List)/.test(action)),
    ).toEqual([]);
  });

  it('lets each role of a pod be taken by its own service accounts alone', () => {
    const trusts = statements.filter((statement) => statement.actions.includes('sts:AssumeRoleWithWebIdentity'));
    const issuer = placeholderOutputs(full).cluster.oidc_issuer;
    const subjects: string[] = [];
    for (const { where, condition, principals } of trusts) {
      expect(Object.keys(condition), where).toEqual(['StringEquals']);
      expect(condition.StringEquals![`${issuer}:aud`], where).toEqual(['sts.amazonaws.com']);
      expect(principals.Federated, where).toEqual([placeholderOutputs(full).cluster.oidc_provider_id]);
      subjects.push(...condition.StringEquals![`${issuer}:sub`]!);
    }
    expect(subjects.sort()).toEqual([
      'system:serviceaccount:flyte:datacatalog',
      'system:serviceaccount:flyte:flyteadmin',
      'system:serviceaccount:flyte:flytepropeller',
      'system:serviceaccount:flyte:flytescheduler',
      'system:serviceaccount:flytesnacks-development:default',
      'system:serviceaccount:flytesnacks-production:default',
      'system:serviceaccount:flytesnacks-staging:default',
      'system:serviceaccount:kube-system:aws-load-balancer-controller',
      'system:serviceaccount:kube-system:cluster-autoscaler',
    ]);
  });

  it('opens nothing to anybody', () => {
    const anybody = statements.filter((statement) => Object.values(statement.principals).flat().includes('*'));
    expect(anybody.map(({ effect }) => effect)).toEqual(['Deny']);
    for (const rule of resources('database', 'aws_vpc_security_group_ingress_rule')) {
      expect(rule.cidr_ipv4).toBe('10.0.0.0/16');
    }
    const [vpcConfig] = resources('cluster', 'aws_eks_cluster')[0]!.vpc_config as Record<string, unknown>[];
    expect(vpcConfig).toMatchObject({ endpoint_private_access: true, endpoint_public_access: false });
  });

  it('cuts the range into subnets that do not overlap', () => {
    const ranges = resources('network', 'aws_subnet').map((subnet) => subnet.cidr_block);
    expect(ranges).toEqual(
      expect.arrayContaining(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/21', '10.0.224.0/21']),
    );
    expect(new Set(ranges).size).toBe(9);
  });

  it('starts GPU nodes from the image that has drivers and device plugin', () => {
    const groups = resources('nodes', 'aws_eks_node_group');
    const types = Object.fromEntries(groups.map((group) => [group.node_group_name, group.ami_type]));
    expect(types).toMatchObject({ gpu: 'BOTTLEROCKET_x86_64_NVIDIA', system: 'AL2023_x86_64_STANDARD' });
    const capacity = Object.fromEntries(groups.map((group) => [group.node_group_name, group.capacity_type]));
    expect(capacity).toMatchObject({ spot: 'SPOT', workers: 'ON_DEMAND', gpu: 'ON_DEMAND' });
  });
});

describe('a bare deployment', () => {
  it('has no notifications, schedules or flow logs', async () => {
    const types = [
      ...(await planOf(bare, 'queues')),
      ...(await planOf(bare, 'network')),
      ...(await planOf(bare, 'iam')),
    ].map((resource) => resource.type);
    expect(types.filter((type) => /^aws_(sqs|flow_log|cloudwatch)/.test(type))).toEqual([]);
    expect(types.filter((type) => type === 'aws_sns_topic')).toHaveLength(1);
    expect(types.filter((type) => type === 'aws_iam_role')).toHaveLength(7);
  });
});

describe('wrong inputs are refused in words', () => {
  const pool = { name: 'one', instance_types: ['m7i.large'], min_size: 1, max_size: 2 };
  it.each<[AwsModule, Record<string, Json>, RegExp]>([
    ['network', { cidr: '10.0.0.0/24' }, /cidr must be from \/16/],
    ['network', { cidr: '10.0.0.1/16' }, /cidr must be an IPv4 range that starts at its network address/],
    ['network', { deployment: 'No-Good' }, /deployment must be 3 to 24 lower-case letters/],
    ['egress', { nat: 'none' }, /nat must be single or zone/],
    ['cluster', { subnet_ids: ['subnet-1'] }, /at least two subnets/],
    ['nodes', { pools: [pool, pool] }, /Pool names must be different/],
    ['nodes', { pools: [{ ...pool, min_size: 3 }] }, /0 <= min_size <= max_size/],
    ['nodes', { pools: [{ ...pool, instance_types: ['m7i.large', 'm7g.large'] }] }, /one processor architecture/],
    ['database', { instance_class: 'large' }, /instance_class must be db\.serverless or a class/],
    ['database', { serverless_capacity: { min: 4, max: 2 } }, /serverless_capacity must be/],
    ['bucket', { raw_data_prefix: '/raw' }, /raw_data_prefix must be a prefix/],
    ['iam', { service_accounts: { flyteadmin: ['flyte/*'] } }, /without wildcards/],
    ['iam', { oidc_issuer: 'https://issuer' }, /without https/],
    ['dns', { domain: 'not a domain' }, /domain must be a host name/],
  ])('%s %j', async (step, variables, message) => {
    const refusal = await planOf(full, step, variables).then(
      () => 'accepted',
      (error: Error) => error.message.replaceAll(/\s*\n[│ ]*/g, ' '),
    );
    expect(refusal).toMatch(message);
  });

  it('iam: more service accounts than a trust policy can hold', async () => {
    const projects = Array.from({ length: 20 }, (_, index) => ({ id: `project-${index}` }));
    const many = parseSpec({ ...minimalSpec, flyte: { projects } });
    await expect(planOf(many, 'iam')).rejects.toThrow(/trust too many service accounts/);
  });
});
