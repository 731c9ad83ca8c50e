import { describe, expect, it } from 'vitest';
import type { TaggedResource } from '../../src/clouds/Cloud.js';
import { importId, importRules } from '../../src/terraform/importIds.js';
import { matchUntracked, untracked } from '../../src/terraform/matchUntracked.js';
import type { PlannedChange } from '../../src/terraform/planSummary.js';

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;
const tags = (more: Record<string, string> = {}) => ({ 'hangar:deployment': 'd', 'hangar:step': 'network', ...more });
const found = (id: string, more: Record<string, string> = {}): TaggedResource => ({
  id,
  deployment: 'd',
  step: 'network',
  tags: tags(more),
});
const creation = (address: string, after: Record<string, unknown>): PlannedChange => ({
  address: `module.step.${address}`,
  type: address.split('.')[0]!,
  action: 'create',
  before: {},
  after,
});

describe('importId', () => {
  it.each([
    ['aws_vpc', arn('ec2', 'vpc/vpc-1'), 'vpc-1'],
    ['aws_nat_gateway', arn('ec2', 'natgateway/nat-1'), 'nat-1'],
    ['aws_eip', arn('ec2', 'elastic-ip/eipalloc-1'), 'eipalloc-1'],
    ['aws_eks_cluster', arn('eks', 'cluster/hangar-d'), 'hangar-d'],
    ['aws_eks_node_group', arn('eks', 'nodegroup/hangar-d/workers/6ac1-uuid'), 'hangar-d:workers'],
    ['aws_rds_cluster', arn('rds', 'cluster:hangar-d'), 'hangar-d'],
    ['aws_rds_cluster_instance', arn('rds', 'db:hangar-d-0'), 'hangar-d-0'],
    ['aws_s3_bucket', 'arn:aws:s3:::hangar-d', 'hangar-d'],
    ['aws_sqs_queue', arn('sqs', 'q'), 'https://sqs.us-east-1.amazonaws.com/123456789012/q'],
    ['aws_sns_topic', arn('sns', 't'), arn('sns', 't')],
    ['aws_iam_role', 'arn:aws:iam::123456789012:role/path/hangar-d', 'hangar-d'],
    ['aws_cloudwatch_log_group', arn('logs', 'log-group:/aws/eks/d/cluster:*'), '/aws/eks/d/cluster'],
    ['aws_kms_key', arn('kms', 'key/1234'), '1234'],
    ['aws_route53_zone', 'arn:aws:route53:::hostedzone/Z1', 'Z1'],
    ['aws_vpc', 'arn:aws-cn:ec2:cn-north-1:123456789012:vpc/vpc-1', 'vpc-1'],
  ])('%s %s', (type, reference, id) => {
    expect(importId(type, reference)).toBe(id);
  });

  it('gives nothing for a reference of another type, or a type it does not know', () => {
    expect(importId('aws_vpc', arn('ec2', 'subnet/subnet-1'))).toBeUndefined();
    expect(importId('aws_rds_cluster', arn('rds', 'cluster-pg:p'))).toBeUndefined();
    expect(importId('aws_instance', arn('ec2', 'instance/i-1'))).toBeUndefined();
  });

  it('takes each reference for one type only', () => {
    const references = [arn('ec2', 'vpc/vpc-1'), arn('rds', 'cluster:c'), arn('sns', 't'), arn('eks', 'cluster/c')];
    for (const reference of references) {
      expect(Object.keys(importRules).filter((type) => importId(type, reference) !== undefined)).toHaveLength(1);
    }
  });
});

describe('untracked', () => {
  it('leaves out what the state knows, by ARN, by id or by what the type imports by', () => {
    const known = [
      { address: 'a', type: 'aws_sqs_queue', tainted: false, values: { arn: arn('sqs', 'q'), id: 'https://…/q' } },
      { address: 'b', type: 'aws_route_table', tainted: false, values: { id: 'rtb-1' } },
      { address: 'c', type: 'aws_kms_alias', tainted: false, values: { id: 'alias/c' } },
      { address: 'd', type: 'aws_cloudwatch_log_group', tainted: false, values: { arn: arn('logs', 'log-group:/x') } },
      { address: 'e', type: 'aws_iam_role', tainted: false, values: { id: 'same-name' } },
    ];
    const resources = [
      found(arn('sqs', 'q')),
      found(arn('ec2', 'route-table/rtb-1')),
      found(arn('kms', 'alias/c')),
      found(arn('logs', 'log-group:/x:*')),
      found(arn('ec2', 'vpc/vpc-9')),
      // A cluster of the same name as a role that is known.
      found(arn('eks', 'cluster/same-name')),
    ];
    expect(untracked(resources, known).map(({ id }) => id)).toEqual([
      arn('ec2', 'vpc/vpc-9'),
      arn('eks', 'cluster/same-name'),
    ]);
  });
});

describe('matchUntracked', () => {
  it('finds a resource by its configured name', () => {
    const bucket = found('arn:aws:s3:::hangar-d');
    expect(matchUntracked([creation('aws_s3_bucket.this', { bucket: 'hangar-d' })], [bucket]).adoptions).toEqual([
      { address: 'module.step.aws_s3_bucket.this', id: 'hangar-d', reference: bucket.id },
    ]);
    expect(matchUntracked([creation('aws_s3_bucket.this', { bucket: 'other' })], [bucket]).unmatched).toEqual([bucket]);
  });

  it('tells resources without a name apart by their tags', () => {
    const subnets = ['a', 'b', 'c'].map((zone) => found(arn('ec2', `subnet/subnet-${zone}`), { Name: zone }));
    const changes = ['c', 'a', 'b'].map((zone, index) =>
      creation(`aws_subnet.private[${index}]`, { tags_all: tags({ Name: zone }) }),
    );
    expect(matchUntracked(changes, subnets)).toEqual({
      adoptions: [
        { address: 'module.step.aws_subnet.private[1]', id: 'subnet-a', reference: subnets[0]!.id },
        { address: 'module.step.aws_subnet.private[2]', id: 'subnet-b', reference: subnets[1]!.id },
        { address: 'module.step.aws_subnet.private[0]', id: 'subnet-c', reference: subnets[2]!.id },
      ],
      unmatched: [],
    });
  });

  it('looks over the expiry and the tags of the cloud’s own', () => {
    const vpc = found(arn('ec2', 'vpc/vpc-1'), { 'hangar:expires': '2025-01-01', 'aws:cloudformation:x': 'y' });
    const change = creation('aws_vpc.this', { tags_all: tags({ 'hangar:expires': '2025-02-02' }) });
    expect(matchUntracked([change], [vpc]).adoptions).toHaveLength(1);
  });

  it('leaves alone what is not one to one', () => {
    const twins = ['1', '2'].map((n) => found(arn('ec2', `vpc/vpc-${n}`)));
    const change = creation('aws_vpc.this', { tags_all: tags() });
    expect(matchUntracked([change], twins)).toEqual({ adoptions: [], unmatched: twins });
    const both = [change, creation('aws_vpc.other', { tags_all: tags() })];
    expect(matchUntracked(both, twins.slice(0, 1)).adoptions).toEqual([]);
  });

  it('leaves alone what is not to be created, or of other tags', () => {
    const vpc = found(arn('ec2', 'vpc/vpc-1'));
    const update = { ...creation('aws_vpc.this', { tags_all: tags() }), action: 'update' as const };
    expect(matchUntracked([update], [vpc]).adoptions).toEqual([]);
    expect(matchUntracked([creation('aws_vpc.this', { tags_all: tags({ Name: 'x' }) })], [vpc]).adoptions).toEqual([]);
  });
});
