import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeholderOutputs } from '../../src/clouds/aws/placeholderOutputs.js';
import { type AwsModule, awsModules, terraformModule } from '../../src/clouds/aws/terraformModule.js';
import { buildGraph } from '../../src/graph/buildGraph.js';
import type { StepOutputs } from '../../src/graph/StepOutputs.js';
import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { parseOutputs } from '../../src/terraform/moduleOutputs.js';
import { existingNetwork, minimalSpec } from '../spec/minimalSpec.js';
import { awsFolder, moduleFile, moduleFolders, moduleText, moduleVariables } from './moduleFiles.js';

/** StepOutputs' names as values: the compiler refuses a name too many and a name too few. */
const outputNames: { [S in AwsModule]: Record<keyof StepOutputs[S], true> } = {
  network: {
    network_id: true,
    network_cidr: true,
    zones: true,
    public_subnet_ids: true,
    private_subnet_ids: true,
    database_subnet_ids: true,
    private_route_table_ids: true,
  },
  egress: { nat_addresses: true },
  cluster: {
    cluster_name: true,
    cluster_version: true,
    cluster_endpoint: true,
    oidc_issuer: true,
    oidc_provider_id: true,
    cluster_security_group_id: true,
  },
  nodes: { node_pools: true, node_role_id: true },
  database: {
    database_host: true,
    database_port: true,
    database_name: true,
    database_user: true,
    database_secret_id: true,
  },
  bucket: { bucket_name: true, bucket_id: true, bucket_url: true, bucket_key_id: true },
  queues: {
    notifications_topic_id: true,
    notifications_queue_id: true,
    notifications_queue_name: true,
    scheduler_queue_id: true,
    scheduler_queue_name: true,
    scheduler_rule_prefix: true,
    events_topic_id: true,
  },
  iam: { identities: true, scheduler_target_role_id: true },
  dns: { domain: true, zone_id: true, zone_name: true, name_servers: true, certificate_id: true },
};

const specs: Record<string, Partial<DeploymentSpecInput>> = {
  plain: {},
  full: {
    size: 'large',
    domain: 'flyte.example.com',
    cluster: { gpu: true },
    flyte: { components: { scheduler: 'cloud' } },
    database: { version: '16.8', class: 'db.r7g.large' },
    bucket: { rawDataDays: 30 },
  },
  existing: {
    domain: 'flyte.example.com',
    network: { existing: existingNetwork },
    cluster: { existing: { name: 'theirs' } },
    bucket: { existing: { name: 'their-bucket' } },
    dns: { existing: { zone: 'Z0123456789ABCDEFGHIJ' } },
  },
};

it('each terraform step of any deployment has a module', () => {
  const steps = Object.values(specs).flatMap((more) => buildGraph(parseSpec({ ...minimalSpec, ...more })));
  const terraform = new Set(steps.filter((step) => step.kind === 'terraform').map((step) => step.name));
  expect([...terraform].sort()).toEqual([...awsModules].sort());
  expect([...moduleFolders].sort()).toEqual([...awsModules].sort());
});

describe.each(awsModules)('module %s', (module) => {
  it('has the outputs that the steps after it read, and no other', () => {
    const outputs = parseOutputs(moduleText(module)).map((output) => output.name);
    expect(outputs.sort()).toEqual(Object.keys(outputNames[module]).sort());
  });

  it.each(Object.entries(specs))('is given all it needs and nothing it does not know (%s)', (_, more) => {
    const spec = parseSpec({ ...minimalSpec, ...more });
    const declared = moduleVariables(module);
    const { variables } = terraformModule({ spec, step: module, outputs: placeholderOutputs(spec) });
    const given = Object.keys(variables);
    expect(given.filter((name) => !declared.some((variable) => variable.name === name))).toEqual([]);
    expect(declared.filter(({ name, required }) => required && !given.includes(name))).toEqual([]);
  });

  it('pins terraform and the provider, and locks it for every platform', () => {
    expect(moduleFile(module, 'versions.tf')).toMatch(/required_version = ">= 1\.10\.0"/);
    expect(moduleFile(module, 'versions.tf')).toMatch(/version = "5\.100\.0"/);
    const lock = moduleFile(module, '.terraform.lock.hcl');
    expect(lock).toMatch(/version\s+= "5\.100\.0"\n\s+constraints = "5\.100\.0"/);
    // One archive a platform of the registry, and the unpacked one of a filesystem mirror.
    expect(lock.match(/"zh:[0-9a-f]{64}"/g)).toHaveLength(15);
    expect(lock).toMatch(/"h1:[A-Za-z0-9+/]{43}="/);
    expect(lock).toBe(moduleFile('network', '.terraform.lock.hcl'));
  });

  it("leaves region, tags and account to its caller's provider", () => {
    expect(moduleText(module)).not.toMatch(/^provider /m);
  });

  it('has a README with every input and output', () => {
    const readme = moduleFile(module, 'README.md');
    const names = [
      ...moduleVariables(module).map((variable) => variable.name),
      ...parseOutputs(moduleText(module)).map((output) => output.name),
    ];
    const rows = [...readme.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(names.filter((name) => !rows.includes(name))).toEqual([]);
  });

  it('describes and types every variable', () => {
    for (const [, name, body] of moduleText(module).matchAll(/^variable "([\w-]+)" \{\n([\s\S]*?)^\}/gm)) {
      expect(body, name).toMatch(/^ {2}description = ".{10,}"$/m);
      expect(body, name).toMatch(/^ {2}type\s+= /m);
    }
  });

  it('gives a reason for each check it has the scanner skip', () => {
    const skips = moduleText(module).match(/checkov:skip=.*/g) ?? [];
    for (const skip of skips) expect(skip).toMatch(/^checkov:skip=CKV2?_AWS_\d+: [A-Z].{20,}\.$/);
  });
});

it('no state or plan lies beside the modules', () => {
  const files = readdirSync(awsFolder, { recursive: true }).map(String);
  expect(files.filter((file) => /tfstate|tfplan/.test(join(file)))).toEqual([]);
});
