import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/buildGraph.js';
import { criticalPath } from '../../src/graph/criticalPath.js';
import { describeGraph } from '../../src/graph/describeGraph.js';
import { stepNames } from '../../src/graph/StepName.js';
import { validateGraph } from '../../src/graph/validateGraph.js';
import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../src/spec/parseSpec.js';

const minimal = { version: 1, name: 'research', cloud: 'aws', region: 'us-east-1', account: '123456789012' } as const;
const subnets = {
  publicSubnets: ['subnet-0000000a', 'subnet-0000000b'],
  privateSubnets: ['subnet-0000000c', 'subnet-0000000d'],
  databaseSubnets: ['subnet-0000000e', 'subnet-0000000f'],
};
const existingNetwork = { existing: { id: 'vpc-00000001', ...subnets } };
const graphOf = (more: Partial<DeploymentSpecInput> = {}) => buildGraph(parseSpec({ ...minimal, ...more }));
const inputsOf = (steps: ReturnType<typeof graphOf>) =>
  Object.fromEntries(steps.map((step) => [step.name, step.after]));

describe('buildGraph', () => {
  it('has every step with a domain, each after its inputs', () => {
    const steps = graphOf({ domain: 'flyte.example.com' });
    expect(steps.map((step) => step.name)).toEqual([...stepNames]);
    expect(inputsOf(steps)).toEqual({
      bootstrap: [],
      network: ['bootstrap'],
      egress: ['network'],
      cluster: ['network'],
      nodes: ['cluster', 'egress'],
      database: ['network'],
      bucket: ['bootstrap'],
      queues: ['bootstrap'],
      dns: ['bootstrap'],
      iam: ['cluster', 'bucket', 'queues', 'database'],
      platform: ['nodes', 'iam'],
      credentials: ['cluster', 'database'],
      flyte: ['platform', 'credentials', 'iam', 'bucket', 'queues', 'dns'],
      records: ['flyte', 'dns'],
      smoke: ['flyte', 'records'],
    });
  });

  it('leaves dns and records out without a domain, and smoke then follows flyte', () => {
    const inputs = inputsOf(graphOf());
    expect(inputs).not.toHaveProperty('dns');
    expect(inputs).not.toHaveProperty('records');
    expect(inputs.smoke).toEqual(['flyte']);
    expect(inputs.flyte).toEqual(['platform', 'credentials', 'iam', 'bucket', 'queues']);
  });

  it('adds no NAT to an existing network', () => {
    const inputs = inputsOf(graphOf({ network: existingNetwork }));
    expect(inputs).not.toHaveProperty('egress');
    expect(inputs.nodes).toEqual(['cluster']);
  });

  it('keeps the steps of existing parts, which then take seconds', () => {
    const steps = graphOf({
      network: existingNetwork,
      cluster: { existing: { name: 'ours' } },
      bucket: { existing: { name: 'our-bucket' } },
    });
    for (const name of ['network', 'cluster', 'bucket'] as const) {
      const step = steps.find((each) => each.name === name)!;
      expect(step.typicalSeconds).toBe(10);
      expect(step.title).toMatch(/^Existing/);
    }
  });

  it.each([{}, { domain: 'flyte.example.com' }, { network: existingNetwork }])(
    'is valid and in topological order: %o',
    (more) => {
      const steps = graphOf(more);
      validateGraph(steps);
      const seen = new Set<string>();
      for (const step of steps) {
        expect(step.after.filter((name) => !seen.has(name))).toEqual([]);
        seen.add(step.name);
      }
    },
  );

  it('ends in the smoke checks, over the cluster or the database, whichever is slower', () => {
    const path = criticalPath(graphOf());
    expect(path.steps[0]).toBe('bootstrap');
    expect(path.steps.at(-1)).toBe('smoke');
    expect(path.seconds).toBeGreaterThan(600);
  });

  it('undoes every step but those that outlive the deployment or leave nothing', () => {
    const kept = graphOf({ domain: 'flyte.example.com' }).filter((step) => !step.unmake);
    expect(kept.map((step) => step.name)).toEqual(['bootstrap', 'smoke']);
  });
});

describe('describeGraph', () => {
  it('draws each step and edge once, the critical path bold', () => {
    const steps = graphOf();
    const lines = describeGraph(steps).split('\n');
    expect(lines[0]).toBe('flowchart LR');
    expect(lines).toContain('  cluster["cluster<br/>10 min"]');
    expect(lines).toContain('  credentials["credentials<br/>5 s"]');
    expect(lines.filter((line) => /--?>|==>/.test(line))).toHaveLength(steps.flatMap((step) => step.after).length);
    expect(lines.filter((line) => line.includes('==>'))).toHaveLength(criticalPath(steps).steps.length - 1);
  });
});
