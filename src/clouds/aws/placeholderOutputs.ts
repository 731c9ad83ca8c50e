import type { StepOutputs } from '../../graph/StepOutputs.js';
import { identityNames } from '../../graph/StepOutputs.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import { nodePools } from './nodePools.js';
import type { AwsModule } from './terraformModule.js';

/**
 * Stand-ins for the outputs of terraform steps that are not made yet, so that the steps after them can be planned: of
 * the right form and number, with ids that no resource has. For plans only, which then are provisional.
 */
export function placeholderOutputs(spec: DeploymentSpec): Pick<StepOutputs, AwsModule> {
  const { name, region, account } = spec;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const role = (component: string) => `arn:aws:iam::${account}:role/hangar-${name}-${region}-${component}`;
  const ids = (kind: string, from: number) => [0, 1, 2].map((index) => `${kind}-${fakeId(from + index)}`);
  const { notifications, scheduler } = spec.flyte.components;
  const issuer = `oidc.eks.${region}.amazonaws.com/id/${'0'.repeat(32)}`;
  const cluster = spec.cluster.existing?.name ?? `hangar-${name}`;
  const bucket = spec.bucket.existing?.name ?? `hangar-${name}-${account}-${region}`;
  const existing = spec.network.existing;

  return {
    network: {
      network_id: existing?.id ?? `vpc-${fakeId(1)}`,
      network_cidr: spec.network.cidr,
      zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
      public_subnet_ids: existing?.publicSubnets ?? ids('subnet', 10),
      private_subnet_ids: existing?.privateSubnets ?? ids('subnet', 20),
      database_subnet_ids: existing?.databaseSubnets ?? ids('subnet', 30),
      private_route_table_ids: existing ? [] : ids('rtb', 40),
    },
    egress: { nat_addresses: ['192.0.2.1'] },
    cluster: {
      cluster_name: cluster,
      cluster_version: spec.cluster.version,
      cluster_endpoint: `https://${'0'.repeat(32)}.gr7.${region}.eks.amazonaws.com`,
      oidc_issuer: issuer,
      oidc_provider_id: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      cluster_security_group_id: `sg-${fakeId(50)}`,
    },
    nodes: { node_pools: nodePools(spec).map((pool) => pool.name), node_role_id: role('node') },
    database: {
      database_host: `hangar-${name}.cluster-000000000000.${region}.rds.amazonaws.com`,
      database_port: 5432,
      database_name: 'flyteadmin',
      database_user: 'flyteadmin',
      database_secret_id: arn('secretsmanager', 'secret:rds!cluster-00000000-0000-0000-0000-000000000000-000000'),
    },
    bucket: {
      bucket_name: bucket,
      bucket_id: `arn:aws:s3:::${bucket}`,
      bucket_url: `s3://${bucket}`,
      bucket_key_id: spec.bucket.existing ? '' : arn('kms', 'key/00000000-0000-0000-0000-000000000000'),
    },
    queues: {
      notifications_topic_id: notifications ? arn('sns', `hangar-${name}-notifications`) : null,
      notifications_queue_id: notifications ? arn('sqs', `hangar-${name}-notifications`) : null,
      notifications_queue_name: notifications ? `hangar-${name}-notifications` : null,
      scheduler_queue_id: scheduler === 'cloud' ? arn('sqs', `hangar-${name}-scheduler`) : null,
      scheduler_queue_name: scheduler === 'cloud' ? `hangar-${name}-scheduler` : null,
      scheduler_rule_prefix: scheduler === 'cloud' ? `hangar-${name}` : null,
      events_topic_id: arn('sns', `hangar-${name}-events`),
    },
    iam: {
      identities: Object.fromEntries(
        identityNames.map((identity) => [identity, role(identity)]),
      ) as StepOutputs['iam']['identities'],
      scheduler_target_role_id: scheduler === 'cloud' ? role('schedules') : null,
    },
    dns: {
      domain: spec.domain ?? null,
      zone_id: spec.domain ? (spec.dns.existing?.zone ?? 'Z00000000000000000000') : null,
      zone_name: spec.domain ?? null,
      name_servers: [],
      certificate_id: spec.domain ? arn('acm', 'certificate/00000000-0000-0000-0000-000000000000') : null,
    },
  };
}

/** An id that AWS does not give: its like are random. */
const fakeId = (number: number) => number.toString(16).padStart(17, '0');
