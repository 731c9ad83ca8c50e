import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepName } from '../../src/graph/StepName.js';
import { identityNames, type StepOutputs } from '../../src/graph/StepOutputs.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import type { DeploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { emulatorFaults } from './emulatorFaults.js';
import { ModuleBed, type ResourceChange, type StateResource } from './ModuleBed.js';
import { walkSteps } from './walkSteps.js';

/** Everything on: every resource that the modules know is made and unmade. */
const spec = parseSpec({
  ...minimalSpec,
  size: 'medium',
  domain: 'flyte.example.com',
  cluster: { gpu: true, publicAccess: ['203.0.113.0/24'] },
  flyte: { components: { scheduler: 'cloud' } },
  bucket: { rawDataDays: 30 },
});
const expires = '2026-01-02T03:04:05.000Z';

let bed: ModuleBed;
const outputs: Partial<StepOutputs> = {};
const states: Partial<Record<StepName, StateResource[]>> = {};

const request = (step: StepName): StepRequest => ({ spec, step, outputs, expires });

async function make(of: DeploymentSpec, into: Partial<StepOutputs>, kept?: typeof states): Promise<void> {
  await walkSteps(of, 'make', async (step) => {
    const made = await bed.apply({ spec: of, step, outputs: into, expires });
    Object.assign(into, { [step]: made.outputs });
    if (kept) kept[step] = made.resources;
  });
}

describe('all modules, made and unmade in the order of the graph', () => {
  beforeAll(async () => {
    bed = await ModuleBed.start();
    await make(spec, outputs, states);
  });
  afterAll(() => bed?.stop());

  it('gives outputs that the steps after them can use', () => {
    expect(outputs.network?.zones).toHaveLength(3);
    expect(outputs.network?.private_subnet_ids).toHaveLength(3);
    expect(outputs.egress?.nat_addresses).toHaveLength(3);
    expect(outputs.cluster?.cluster_name).toBe('hangar-research');
    expect(outputs.cluster?.oidc_issuer).toMatch(/^oidc\.eks\.us-east-1\.amazonaws\.com\/id\//);
    expect(outputs.nodes?.node_pools).toEqual(['gpu', 'spot', 'system', 'workers']);
    expect(outputs.database).toMatchObject({ database_port: 5432, database_user: 'flyteadmin' });
    expect(outputs.database?.database_secret_id).toMatch(/^arn:aws:secretsmanager:/);
    expect(outputs.bucket?.bucket_url).toBe('s3://hangar-research-123456789012-us-east-1');
    expect(outputs.queues?.scheduler_queue_name).toBe('hangar-research-scheduler');
    expect(Object.keys(outputs.iam?.identities ?? {}).sort()).toEqual([...identityNames].sort());
    expect(outputs.dns).toMatchObject({ domain: 'flyte.example.com', zone_name: 'flyte.example.com' });
  });

  it('tags everything that takes tags with its deployment, step and end', () => {
    for (const [step, resources] of Object.entries(states)) {
      for (const { address, mode, values } of resources) {
        if (mode !== 'managed' || !('tags_all' in values)) continue;
        expect(values.tags_all, address).toMatchObject({
          'hangar:deployment': 'research',
          'hangar:step': step,
          'hangar:expires': expires,
        });
      }
    }
  });

  it('tags what the node groups start, which default tags do not reach', () => {
    const templates = states.nodes!.filter((resource) => resource.type === 'aws_launch_template');
    expect(templates).toHaveLength(4);
    for (const { address, values } of templates) {
      const specifications = values.tag_specifications as { resource_type: string; tags: Record<string, string> }[];
      for (const kind of ['instance', 'volume', 'network-interface']) {
        const found = specifications.find((specification) => specification.resource_type === kind);
        expect(found?.tags, `${address} ${kind}`).toMatchObject({ 'hangar:deployment': 'research' });
      }
    }
  });

  it('keeps no password in a state', () => {
    const values = Object.values(states).flatMap((resources) => resources.map((resource) => resource.values));
    expect(values.filter((each) => each.master_password || each.secret_string || each.password)).toEqual([]);
  });

  it('finds nothing to change a second time, but for known faults of the emulator', async () => {
    const unexpected: string[] = [];
    await walkSteps(spec, 'make', async (step) => {
      for (const change of await bed.plan(request(step))) unexpected.push(...unexplained(change));
    });
    expect(unexpected).toEqual([]);
  });

  it('looks up network, cluster, bucket and zone that are there already, and leaves them alone', async () => {
    const { network, cluster, bucket, dns } = outputs as StepOutputs;
    const guest = parseSpec({
      ...minimalSpec,
      name: 'guest',
      domain: 'guest.flyte.example.com',
      network: {
        existing: {
          id: network.network_id,
          publicSubnets: network.public_subnet_ids,
          privateSubnets: network.private_subnet_ids,
          databaseSubnets: network.database_subnet_ids,
        },
      },
      cluster: { existing: { name: cluster.cluster_name } },
      bucket: { existing: { name: bucket.bucket_name } },
      dns: { existing: { zone: dns.zone_id! } },
    });
    const before = await bed.resources();
    const guestOutputs: Partial<StepOutputs> = {};
    try {
      await make(guest, guestOutputs);
    } finally {
      await walkSteps(guest, 'unmake', (step) => bed.destroy({ spec: guest, step, outputs: guestOutputs }));
    }
    expect(guestOutputs.network).toEqual({ ...network, private_route_table_ids: [] });
    expect(guestOutputs.cluster).toEqual(cluster);
    expect(guestOutputs.nodes?.node_pools).toEqual(outputs.nodes?.node_pools);
    expect(guestOutputs.bucket).toEqual({ ...bucket, bucket_key_id: '' });
    expect(guestOutputs.dns).toMatchObject({ zone_id: dns.zone_id, zone_name: 'flyte.example.com' });
    expect(guestOutputs.iam?.identities.task).toBe('arn:aws:iam::123456789012:role/hangar-guest-us-east-1-task');
    expect(resourcesLeft(await bed.resources(), before)).toEqual([]);
  });

  it('leaves nothing behind', async () => {
    await walkSteps(spec, 'unmake', (step) => bed.destroy(request(step)));
    expect(resourcesLeft(await bed.resources(), [])).toEqual([]);
  });
});

type Held = Awaited<ReturnType<ModuleBed['resources']>>;

/** Without what the emulator keeps as history: events, and the name servers of zones that are gone. */
function resourcesLeft(held: Held, before: Held): string[] {
  const known = new Set(before.map(({ type, id }) => `${type} ${id}`));
  return held
    .map(({ type, id }) => `${type} ${id}`)
    .filter((resource) => !known.has(resource) && !/^(rds Event|route53 DelegationSet) /.test(resource));
}

/** What a change changes that no known fault of the emulator explains. */
function unexplained({ address, type, change }: ResourceChange): string[] {
  const { before, after } = change;
  if (!before || !after) return [`${address} ${change.actions}`];
  const explained = emulatorFaults[type] ?? [];
  return Object.keys(after)
    .filter((attribute) => after[attribute] !== undefined && !same(before[attribute], after[attribute]))
    .filter((attribute) => !explained.includes(attribute))
    .map((attribute) => `${address} ${attribute}`);
}

/** Equal, or both nothing: a resource that is replaced is planned from its configuration, where `{}` is written as null. */
function same(one: unknown, other: unknown): boolean {
  const nothing = (value: unknown) => value === null || isDeepStrictEqual(value, {}) || isDeepStrictEqual(value, []);
  return isDeepStrictEqual(one, other) || (nothing(one) && nothing(other));
}
