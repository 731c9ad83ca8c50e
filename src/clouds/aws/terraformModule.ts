import { HangarError } from '../../errors/HangarError.js';
import { rawDataPrefix } from '../../flyte/flyteValuesInput.js';
import type { StepName } from '../../graph/StepName.js';
import { type StepOutputs, serviceAccounts } from '../../graph/StepOutputs.js';
import type { StepRequest } from '../../graph/StepRequest.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { Json } from '../Cloud.js';
import { databaseSize } from './databaseSize.js';
import { nodeLabels, nodePools, nodeTaints } from './nodePools.js';
import { awsSizes } from './sizes.js';

/** The steps that terraform makes: each has a module of its name in `terraform/aws/`. */
export const awsModules = [
  'network',
  'egress',
  'cluster',
  'nodes',
  'database',
  'bucket',
  'queues',
  'iam',
  'dns',
] as const satisfies readonly StepName[];

export type AwsModule = (typeof awsModules)[number];

type Variables = Record<string, Json>;

/** Gives a step's outputs; throws HGR-901 when the step does not stand. */
type OutputsOf = <S extends keyof StepOutputs>(step: S) => StepOutputs[S];

/**
 * The module of a terraform step (folder below `terraform/`) and its input variables, from the file, its size and what
 * earlier steps gave.
 * @throws HGR-901 for a step that is not terraform's, or when a step before it has no outputs
 */
export function terraformModule({ spec, step, outputs }: StepRequest): { module: string; variables: Variables } {
  if (!isAwsModule(step)) throw new HangarError('HGR-901', `${step} is not a terraform step`, { step });
  const outputsOf: OutputsOf = (name) => {
    const found = outputs[name];
    if (!found) throw new HangarError('HGR-901', `${step} was started without the outputs of ${name}`, { step });
    return found;
  };
  return { module: `aws/${step}`, variables: { deployment: spec.name, ...variables[step](spec, outputsOf) } };
}

function isAwsModule(step: StepName): step is AwsModule {
  return (awsModules as readonly StepName[]).includes(step);
}

const variables: Record<AwsModule, (spec: DeploymentSpec, outputsOf: OutputsOf) => Variables> = {
  network: ({ network }): Variables => {
    if (!network.existing) return { cidr: network.cidr, flow_logs: network.flowLogs };
    const { id, publicSubnets, privateSubnets, databaseSubnets } = network.existing;
    return {
      existing: {
        id,
        public_subnet_ids: publicSubnets,
        private_subnet_ids: privateSubnets,
        database_subnet_ids: databaseSubnets,
      },
    };
  },

  egress: (spec, outputsOf) => ({
    nat: spec.network.nat ?? awsSizes[spec.size].nat,
    public_subnet_ids: outputsOf('network').public_subnet_ids,
    private_route_table_ids: outputsOf('network').private_route_table_ids,
  }),

  cluster: ({ cluster }, outputsOf): Variables => {
    if (cluster.existing) return { existing: { name: cluster.existing.name } };
    return {
      kubernetes_version: cluster.version,
      subnet_ids: outputsOf('network').private_subnet_ids,
      public_access_cidrs: cluster.publicAccess,
      log_retention_days: cluster.logRetentionDays,
    };
  },

  nodes: (spec, outputsOf) => ({
    cluster_name: outputsOf('cluster').cluster_name,
    cluster_version: outputsOf('cluster').cluster_version,
    subnet_ids: outputsOf('network').private_subnet_ids,
    pools: nodePools(spec).map((pool) => ({
      name: pool.name,
      instance_types: pool.instanceTypes,
      min_size: pool.min,
      max_size: pool.max,
      spot: pool.spot,
      gpu: pool.gpu,
      disk_gb: pool.diskGb,
      labels: nodeLabels(pool),
      taints: nodeTaints(pool).map((taint) => ({ ...taint })),
    })),
  }),

  database: (spec, outputsOf) => {
    const { network_id, network_cidr, database_subnet_ids } = outputsOf('network');
    const { class: instanceClass, instances, capacity } = databaseSize(spec);
    return {
      network_id,
      network_cidr,
      subnet_ids: database_subnet_ids,
      existing_network: spec.network.existing !== undefined,
      instance_class: instanceClass,
      instance_count: instances,
      serverless_capacity: { ...capacity },
      ...(spec.database.version ? { engine_version: spec.database.version } : {}),
      backup_days: spec.database.backupDays,
      deletion_protection: spec.database.deletionProtection,
    };
  },

  bucket: ({ bucket }): Variables => {
    if (bucket.existing) return { existing: { name: bucket.existing.name } };
    return { raw_data_prefix: `${rawDataPrefix}/`, raw_data_days: bucket.rawDataDays ?? null };
  },

  queues: ({ flyte }) => ({
    notifications: flyte.components.notifications,
    scheduler: flyte.components.scheduler === 'cloud',
  }),

  iam: (spec, outputsOf) => {
    const { cluster_name, cluster_security_group_id, oidc_issuer, oidc_provider_id } = outputsOf('cluster');
    const { bucket_id, bucket_key_id } = outputsOf('bucket');
    const queues = outputsOf('queues');
    return {
      service_accounts: {
        ...Object.fromEntries(Object.entries(serviceAccounts).map(([identity, names]) => [identity, [...names]])),
        task: taskServiceAccounts(spec),
      },
      network_id: outputsOf('network').network_id,
      cluster_name,
      cluster_security_group_id,
      oidc_issuer,
      oidc_provider_id,
      bucket_id,
      bucket_key_id,
      events_topic_id: queues.events_topic_id,
      // Terraform leaves outputs that are null out of its state.
      notifications_topic_id: queues.notifications_topic_id ?? null,
      notifications_queue_id: queues.notifications_queue_id ?? null,
      scheduler_queue_id: queues.scheduler_queue_id ?? null,
      scheduler_rule_prefix: queues.scheduler_rule_prefix ?? null,
      mail_domain: spec.flyte.components.notifications ? (spec.domain ?? null) : null,
    };
  },

  dns: ({ domain, dns }) => ({
    domain: domain ?? null,
    existing: dns.existing ? { zone: dns.existing.zone } : null,
  }),
};

/** What task pods run as: the `default` account of each project's namespace in each domain, `<project>-<domain>`. */
function taskServiceAccounts({ flyte }: DeploymentSpec): string[] {
  return flyte.projects.flatMap(({ id, domains }) => domains.map((domain) => `${id}-${domain}/default`));
}
