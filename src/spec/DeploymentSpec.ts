import { z } from 'zod';

export const cloudNames = ['aws', 'gcp', 'azure'] as const;
export type CloudName = (typeof cloudNames)[number];

const dnsLabel = z.string().regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
  error: 'must be lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
});
const cidr = z.cidrv4({ error: 'must be an IPv4 range such as 10.0.0.0/16' });
const text = z.string().min(1);

const project = z
  .strictObject({
    id: dnsLabel.max(63).describe('Identifier of the project in Flyte.'),
    domains: z
      .array(dnsLabel.max(63))
      .min(1)
      .default(['development', 'staging', 'production'])
      .describe(
        "Domains of the project. Flyte's domains are global: every project gets those of all, each with a namespace.",
      ),
  })
  .describe('A Flyte project.');

const components = z.strictObject({
  console: z.boolean().default(true).describe("Flyte's web console."),
  datacatalog: z.boolean().default(true).describe('DataCatalog: the cache of task outputs.'),
  scheduler: z
    .enum(['native', 'cloud', 'off'])
    .default('native')
    .describe("native: Flyte's own scheduler; cloud: a queue and scheduled rules of the cloud; off: no schedules."),
  notifications: z
    .boolean()
    .default(true)
    .describe('Mail notifications of executions, by a topic and a queue of the cloud.'),
});

const flyte = z.strictObject({
  version: z
    .string()
    .default('1.16.8')
    .describe('Flyte version, pinned: the chart repository holds Flyte 1 and 2 under one name.'),
  distribution: z
    .enum(['core', 'binary'])
    .default('core')
    .describe('core: Admin, Propeller, DataCatalog, Scheduler and Console apart; binary: all in one process.'),
  chart: text.optional().describe("Chart repository (https://), oci:// address or folder; default: Flyte's own."),
  components: components.prefault({}).describe('Parts of Flyte to install.'),
  projects: z
    .array(project)
    .min(1)
    .prefault([{ id: 'flytesnacks' }])
    .describe('Projects that are there from the start.'),
  values: z.record(z.string(), z.json()).default({}).describe("Merged last into the chart's values. No secrets."),
});

const network = z.strictObject({
  cidr: cidr.default('10.0.0.0/16').describe('Range of the network; on AWS /16 to /20.'),
  nat: z
    .enum(['single', 'zone'])
    .optional()
    .describe('single: one NAT; zone: one in each zone; default: single for small, zone for medium and large.'),
  flowLogs: z.boolean().default(true).describe('Log the network flows.'),
  existing: z
    .strictObject({
      id: text.describe('Id of the network.'),
      publicSubnets: z.array(text).min(2).describe('Subnets for load balancers, in different zones.'),
      privateSubnets: z.array(text).min(2).describe('Subnets for nodes, in different zones, with a way out.'),
      databaseSubnets: z.array(text).min(2).describe('Subnets for the database, in different zones.'),
    })
    .optional()
    .describe('Use a network that is already there; Hangar changes nothing in it.'),
});

const nodePool = z.strictObject({
  name: dnsLabel.max(20).describe('Name of the pool.'),
  instanceTypes: z.array(text).min(1).describe('Instance types of the cloud, the preferred first.'),
  min: z.int().min(0).default(0).describe('Fewest nodes.'),
  max: z.int().min(1).max(450).describe('Most nodes.'),
  spot: z.boolean().default(false).describe('Use spot capacity.'),
  gpu: z.boolean().default(false).describe('Nodes with GPUs; tainted so that only GPU tasks run there.'),
  diskGb: z.int().min(20).max(16384).default(100).describe('Disk of a node in GiB.'),
});

const cluster = z.strictObject({
  version: z
    .string()
    .regex(/^1\.\d{2}$/, { error: 'must be a Kubernetes minor version such as "1.33"' })
    .default('1.33')
    .describe('Kubernetes minor version.'),
  publicAccess: z
    .array(cidr)
    .max(40)
    .default([])
    .describe('Ranges that may reach the public API endpoint; empty: the endpoint is private only.'),
  gpu: z.boolean().default(false).describe("Adds the size's GPU pool."),
  nodePools: z.array(nodePool).min(1).optional().describe("Replaces the size's worker pools."),
  logRetentionDays: z.int().min(1).default(30).describe('How long control-plane logs are kept, in days.'),
  existing: z
    .strictObject({ name: text.describe('Name of the cluster.') })
    .optional()
    .describe('Use a cluster that is already there; needs network.existing.'),
});

const database = z.strictObject({
  class: text.optional().describe("Instance class of the cloud; default: the size's."),
  instances: z.int().min(1).max(15).optional().describe("Number of instances; default: the size's."),
  version: z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error: 'must be a PostgreSQL version such as "16.6"' })
    .optional()
    .describe('PostgreSQL version.'),
  backupDays: z.int().min(1).max(35).default(7).describe('How long backups are kept, in days.'),
  deletionProtection: z.boolean().default(false).describe('Refuse to delete it; `hangar destroy` then says so.'),
});

const bucket = z.strictObject({
  rawDataDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Raw data (task offloads) is deleted after this many days; default: never.'),
  existing: z
    .strictObject({ name: text.describe('Name of the bucket.') })
    .optional()
    .describe('Use a bucket that is already there; it is not deleted.'),
});

const dns = z.strictObject({
  existing: z
    .strictObject({ zone: text.describe('Id of the zone.') })
    .optional()
    .describe('Use a zone that is already there; default: one is made for the domain.'),
});

const duration = z.string().regex(/^\d{1,6}(m|h|d)$/, {
  error: 'must be a whole number of minutes, hours or days, such as 30m, 8h or 2d',
});

const lifetime = z.strictObject({
  ttl: duration.describe('Time until the deployment is due to go, from its creation: 30m, 8h, 2d.'),
  max: duration.optional().describe('The longest it may be extended to; default: ttl.'),
});

/** The deployment file, before the guards. Unknown keys are refused. Parse with `parseSpec` or `parseDeployment`. */
export const deploymentSpec = z
  .strictObject({
    version: z.literal(1).describe('Version of the file format.'),
    name: z
      .string()
      // Single hyphens: the name becomes part of an RDS identifier, which takes no two in a row.
      .regex(/^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/, {
        error:
          'must be lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen',
      })
      .min(3)
      .max(24)
      .describe('Name of the deployment: part of every name and tag.'),
    cloud: z.enum(cloudNames).describe('Cloud to deploy to. This version has the modules of aws only.'),
    region: text.describe('Region of the cloud.'),
    account: text.describe('Account, project or subscription; a run with other credentials is refused.'),
    size: z
      .enum(['small', 'medium', 'large'])
      .default('small')
      .describe('Sets node pools, database class, replicas, quotas and NAT; see docs/sizes.md.'),
    domain: z
      .hostname({ error: 'must be a host name such as flyte.example.com' })
      .optional()
      .describe('Public host name of the console and API; default: none, reached by port-forward.'),
    flyte: flyte.prefault({}).describe('What of Flyte is installed.'),
    network: network.prefault({}).describe('The network.'),
    cluster: cluster.prefault({}).describe('The Kubernetes cluster.'),
    database: database.prefault({}).describe('The PostgreSQL database.'),
    bucket: bucket.prefault({}).describe('The bucket for metadata and raw data.'),
    dns: dns.prefault({}).describe('The DNS zone of the domain.'),
    services: z
      .array(z.unknown())
      .max(0, { error: 'shared services (redis, postgres …) are not yet in this version; leave the list empty' })
      .optional()
      .describe('Shared services; not yet in this version, so the list must be empty.'),
    lifetime: lifetime.optional().describe('For ephemeral deployments: when it is due to go.'),
    onFailure: z
      .enum(['rollback', 'keep'])
      .default('rollback')
      .describe('What becomes of what stands when creation fails.'),
    tags: z
      .record(z.string().min(1).max(63), z.string().max(255))
      .default({})
      .describe('Tags of every resource, besides those of Hangar.'),
  })
  .describe('A Flyte deployment.');

/** A deployment as the rest of Hangar sees it: parsed, checked, every default filled in. */
export type DeploymentSpec = z.output<typeof deploymentSpec>;
/** A deployment as a person or program writes it. */
export type DeploymentSpecInput = z.input<typeof deploymentSpec>;
export type Size = DeploymentSpec['size'];
