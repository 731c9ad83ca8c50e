import { describe, expect, it } from 'vitest';
import { hourlyCost } from '../../../src/clouds/aws/hourlyCost.js';
import { instancePrice } from '../../../src/clouds/aws/listPrices.js';
import type { DeploymentSpecInput } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { existingNetwork, minimalSpec } from '../../spec/minimalSpec.js';

const costOf = (more: Partial<DeploymentSpecInput> = {}) => hourlyCost(parseSpec({ ...minimalSpec, ...more }));

describe('hourlyCost', () => {
  it('adds up a small deployment', () => {
    const { byStep, total } = costOf();
    expect(byStep.egress).toBeCloseTo(0.045 + 0.005, 4);
    expect(byStep.cluster).toBeCloseTo(0.1 + 1 / 730, 4);
    expect(byStep.nodes).toBeCloseTo(2 * (0.1008 + (100 * 0.08) / 730), 4);
    expect(byStep.database).toBeCloseTo(0.5 * 0.12 + 0.4 / 730, 4);
    expect(total).toBeCloseTo(
      Object.values(byStep).reduce((sum, price) => sum + price, 0),
      3,
    );
  });

  it('grows with the size', () => {
    const [small, medium, large] = (['small', 'medium', 'large'] as const).map((size) => costOf({ size }).total);
    expect(small).toBeLessThan(medium!);
    expect(medium).toBeLessThan(large!);
  });

  it('takes a NAT gateway in each zone and provisioned instances into account', () => {
    expect(costOf({ network: { nat: 'zone' } }).byStep.egress).toBeCloseTo(3 * 0.05, 4);
    expect(costOf({ database: { class: 'db.r7g.large', instances: 2 } }).byStep.database).toBeCloseTo(0.5525, 3);
  });

  it('charges nothing for what was there before', () => {
    const { byStep } = costOf({
      network: { existing: existingNetwork },
      cluster: { existing: { name: 'theirs' } },
      bucket: { existing: { name: 'their-bucket' } },
    });
    expect(byStep).not.toHaveProperty('egress');
    expect(byStep).not.toHaveProperty('cluster');
    expect(byStep).not.toHaveProperty('bucket');
    expect(byStep.nodes).toBe(0);
  });

  it('names what it has no price for instead of guessing', () => {
    const pool = { name: 'mine', instanceTypes: ['x2idn.metal'], min: 1, max: 2 };
    const { source } = costOf({ cluster: { nodePools: [pool] }, database: { class: 'db.z9.large' } });
    expect(source).toMatch(/left out: x2idn\.metal, db\.z9\.large$/);
    expect(costOf().source).not.toContain('left out');
  });
});

it('prices a family in proportion to its sizes, GPU types exactly', () => {
  expect(instancePrice('m7i.large')).toBe(0.1008);
  expect(instancePrice('m7i.xlarge')).toBeCloseTo(0.2016, 6);
  expect(instancePrice('m7i.24xlarge')).toBeCloseTo(4.8384, 6);
  expect(instancePrice('g5.12xlarge')).toBe(5.672);
  expect(instancePrice('m7i.medium')).toBeUndefined();
  expect(instancePrice('toString.large')).toBeUndefined();
});
