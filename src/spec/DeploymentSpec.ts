import { z } from 'zod';

export const cloudNames = ['aws', 'gcp', 'azure'] as const;
export type CloudName = (typeof cloudNames)[number];

const dnsLabel = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const cidr = z.cidrv4();

const project = z.strictObject({
  id: z.string().regex(dnsLabel).max(40),
  domains: z.array(z.string().regex(dnsLabel).max(20)).min(1).default(['development', 'staging', 'production']),
});

const components = z.strictObject({
  console: z.boolean().default(true),
  datacatalog: z.boolean().default(true),
  /** `native`: Flyte's scheduler; `cloud`: a queue and scheduled rules; `off`: none. */
  scheduler: z.enum(['native', 'cloud', 'off']).default('native'),
  notifications: z.boolean().default(true),
});

const flyte = z.strictObject({
  /** Pinned: the chart repository holds Flyte 1 and 2 under one name. */
  version: z.string().default('1.16.8'),
  distribution: z.enum(['core', 'binary']).default('core'),
  /** A chart repository's URL, an `oci://` address or a folder; absent: Flyte's own repository. */
  chart: z.string().min(1).optional(),
  components: components.prefault({}),
  projects: z
    .array(project)
    .min(1)
    .prefault([{ id: 'flytesnacks' }]),
  /** Merged last into the chart's values. */
  values: z.record(z.string(), z.json()).default({}),
});

const network = z.strictObject({
  cidr: cidr.default('10.0.0.0/16'),
  /** `single`: one NAT; `zone`: one per zone; absent: by size. */
  nat: z.enum(['single', 'zone']).optional(),
  flowLogs: z.boolean().default(true),
  existing: z
    .strictObject({
      id: z.string().min(1),
      publicSubnets: z.array(z.string().min(1)).min(2),
      privateSubnets: z.array(z.string().min(1)).min(2),
      databaseSubnets: z.array(z.string().min(1)).min(2),
    })
    .optional(),
});

const nodePool = z.strictObject({
  name: z.string().regex(dnsLabel).max(20),
  instanceTypes: z.array(z.string().min(1)).min(1),
  min: z.int().min(0).default(0),
  max: z.int().min(1),
  spot: z.boolean().default(false),
  gpu: z.boolean().default(false),
  diskGb: z.int().min(20).max(16384).default(100),
});

const cluster = z.strictObject({
  version: z
    .string()
    .regex(/^1\.\d{2}$/)
    .default('1.33'),
  /** Ranges that may reach the public endpoint; empty: the endpoint is private only. */
  publicAccess: z.array(cidr).default([]),
  /** Adds the size's GPU pool. */
  gpu: z.boolean().default(false),
  /** Replaces the size's worker pools. */
  nodePools: z.array(nodePool).optional(),
  logRetentionDays: z.int().min(1).default(30),
  existing: z.strictObject({ name: z.string().min(1) }).optional(),
});

const database = z.strictObject({
  /** Replaces the size's class: an instance class of the cloud. */
  class: z.string().min(1).optional(),
  instances: z.int().min(1).max(15).optional(),
  version: z.string().min(1).optional(),
  backupDays: z.int().min(1).max(35).default(7),
  /** Refuse to delete it; `hangar destroy` then says so. */
  deletionProtection: z.boolean().default(false),
});

const bucket = z.strictObject({
  /** Raw data (task offloads) is deleted after this many days; absent: never. */
  rawDataDays: z.int().min(1).optional(),
  existing: z.strictObject({ name: z.string().min(3) }).optional(),
});

const dns = z.strictObject({
  /** A zone already there, by its id; else one is made for the domain. */
  existing: z.strictObject({ zone: z.string().min(1) }).optional(),
});

/** Milliseconds in `8h`, `30m`, `2d`. */
const duration = z.string().regex(/^\d+(m|h|d)$/);

/** The deployment file, after defaults. Unknown keys are refused. */
export const deploymentSpec = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(dnsLabel).min(3).max(24),
  cloud: z.enum(cloudNames),
  region: z.string().min(1),
  /** Account, project or subscription; a run with other credentials is refused. */
  account: z.string().min(1),
  size: z.enum(['small', 'medium', 'large']).default('small'),
  domain: z.hostname().optional(),
  flyte: flyte.prefault({}),
  network: network.prefault({}),
  cluster: cluster.prefault({}),
  database: database.prefault({}),
  bucket: bucket.prefault({}),
  dns: dns.prefault({}),
  lifetime: z.strictObject({ ttl: duration, max: duration.optional() }).optional(),
  onFailure: z.enum(['rollback', 'keep']).default('rollback'),
  tags: z.record(z.string().min(1).max(63), z.string().max(255)).default({}),
});

/** A deployment as the rest of Hangar sees it: parsed, checked, every default filled in. */
export type DeploymentSpec = z.output<typeof deploymentSpec>;
/** A deployment as a person or program writes it. */
export type DeploymentSpecInput = z.input<typeof deploymentSpec>;
export type Size = DeploymentSpec['size'];
