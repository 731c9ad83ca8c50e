import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholderOutputs } from '../../../src/clouds/aws/placeholderOutputs.js';
import { awsModules, terraformModule } from '../../../src/clouds/aws/terraformModule.js';
import { rawDataPrefix } from '../../../src/flyte/flyteValuesInput.js';
import type { StepName } from '../../../src/graph/StepName.js';
import type { DeploymentSpecInput } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { existingNetwork, minimalSpec } from '../../spec/minimalSpec.js';

const moduleOf = (step: StepName, more: Partial<DeploymentSpecInput> = {}) => {
  const spec = parseSpec({ ...minimalSpec, ...more });
  return terraformModule({ spec, step, outputs: placeholderOutputs(spec) });
};

describe('terraformModule', () => {
  it('names the folder of the step and the deployment', () => {
    expect(moduleOf('queues')).toEqual({
      module: 'aws/queues',
      variables: { deployment: 'research', notifications: true, scheduler: false },
    });
  });

  it("takes the size's NAT unless the file says otherwise", () => {
    expect(moduleOf('egress').variables.nat).toBe('single');
    expect(moduleOf('egress', { size: 'large' }).variables.nat).toBe('zone');
    expect(moduleOf('egress', { size: 'large', network: { nat: 'single' } }).variables.nat).toBe('single');
  });

  it("takes the size's database unless the file says otherwise", () => {
    expect(moduleOf('database').variables).toMatchObject({
      instance_class: 'db.serverless',
      instance_count: 1,
      serverless_capacity: { min: 0.5, max: 4 },
      backup_days: 7,
      deletion_protection: false,
      existing_network: false,
    });
    const own = moduleOf('database', { database: { class: 'db.r7g.large', instances: 2, version: '16.8' } });
    expect(own.variables).toMatchObject({ instance_class: 'db.r7g.large', instance_count: 2, engine_version: '16.8' });
  });

  it('opens the public endpoint for the ranges of the file only', () => {
    expect(moduleOf('cluster').variables.public_access_cidrs).toEqual([]);
    const open = moduleOf('cluster', { cluster: { publicAccess: ['203.0.113.0/24'] } });
    expect(open.variables.public_access_cidrs).toEqual(['203.0.113.0/24']);
  });

  it('trusts each component by its service account and tasks by those of their namespaces', () => {
    const { variables } = moduleOf('iam', {
      flyte: {
        projects: [
          { id: 'alpha', domains: ['dev', 'prod'] },
          { id: 'beta', domains: ['dev'] },
        ],
      },
    });
    expect(variables.service_accounts).toEqual({
      flyteadmin: ['flyte/flyteadmin'],
      flytepropeller: ['flyte/flytepropeller'],
      datacatalog: ['flyte/datacatalog'],
      flytescheduler: ['flyte/flytescheduler'],
      'load-balancer-controller': ['kube-system/aws-load-balancer-controller'],
      'cluster-autoscaler': ['kube-system/cluster-autoscaler'],
      task: ['alpha-dev/default', 'alpha-prod/default', 'beta-dev/default'],
    });
  });

  it('lets FlyteAdmin mail as the domain only where it notifies at all', () => {
    const domain = 'flyte.example.com';
    expect(moduleOf('iam').variables.mail_domain).toBeNull();
    expect(moduleOf('iam', { domain }).variables.mail_domain).toBe(domain);
    const silent = moduleOf('iam', { domain, flyte: { components: { notifications: false } } });
    expect(silent.variables.mail_domain).toBeNull();
  });

  it('expires raw data below the prefix that Flyte writes it to', () => {
    expect(moduleOf('bucket', { bucket: { rawDataDays: 9 } }).variables).toEqual({
      deployment: 'research',
      raw_data_prefix: `${rawDataPrefix}/`,
      raw_data_days: 9,
    });
    expect(moduleOf('bucket').variables.raw_data_days).toBeNull();
  });

  it('only looks up what was there before', () => {
    const existing = {
      domain: 'flyte.example.com',
      network: { existing: existingNetwork },
      cluster: { existing: { name: 'theirs' } },
      bucket: { existing: { name: 'their-bucket' } },
      dns: { existing: { zone: 'Z0123456789ABCDEFGHIJ' } },
    };
    expect(moduleOf('network', existing).variables).toEqual({
      deployment: 'research',
      existing: {
        id: existingNetwork.id,
        public_subnet_ids: existingNetwork.publicSubnets,
        private_subnet_ids: existingNetwork.privateSubnets,
        database_subnet_ids: existingNetwork.databaseSubnets,
      },
    });
    expect(moduleOf('cluster', existing).variables).toEqual({
      deployment: 'research',
      existing: { name: 'theirs' },
    });
    expect(moduleOf('nodes', existing).variables.pools).toEqual([]);
    expect(moduleOf('bucket', existing).variables).toEqual({
      deployment: 'research',
      existing: { name: 'their-bucket' },
    });
    expect(moduleOf('dns', existing).variables.existing).toEqual({ zone: 'Z0123456789ABCDEFGHIJ' });
    expect(moduleOf('database', existing).variables.existing_network).toBe(true);
  });

  it.each(['bootstrap', 'flyte', 'smoke'] as const)('refuses %s, which is not terraform', (step) => {
    expect(() => moduleOf(step)).toThrow(expect.objectContaining({ code: 'HGR-901', step }));
  });

  it('names the step whose outputs are missing', () => {
    const spec = parseSpec(minimalSpec);
    const { bucket: _, ...outputs } = placeholderOutputs(spec);
    expect(() => terraformModule({ spec, step: 'iam', outputs })).toThrow(
      expect.objectContaining({ code: 'HGR-901', step: 'iam', message: expect.stringContaining('bucket') }),
    );
  });

  it('reads an output that terraform left out for being null as null', () => {
    const spec = parseSpec(minimalSpec);
    const { queues, ...outputs } = placeholderOutputs(spec);
    const stored = Object.fromEntries(Object.entries(queues).filter(([, value]) => value !== null)) as typeof queues;
    const { variables } = terraformModule({ spec, step: 'iam', outputs: { ...outputs, queues: stored } });
    expect(variables).toMatchObject({ scheduler_queue_id: null, scheduler_rule_prefix: null });
  });

  it('depends on nothing but the request, and carries no undefined', () => {
    const spec = fc.record({
      size: fc.constantFrom('small', 'medium', 'large'),
      scheduler: fc.constantFrom('native', 'cloud', 'off'),
      notifications: fc.boolean(),
      domain: fc.option(fc.constant('flyte.example.com'), { nil: undefined }),
      step: fc.constantFrom(...awsModules),
    });
    fc.assert(
      fc.property(spec, ({ size, scheduler, notifications, domain, step }) => {
        const more = { size, domain, flyte: { components: { scheduler, notifications } } } as const;
        const first = moduleOf(step, more);
        expect(moduleOf(step, more)).toEqual(first);
        expect(JSON.parse(JSON.stringify(first))).toStrictEqual(first);
      }),
    );
  });
});
