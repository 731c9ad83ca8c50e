import { describe, expect, it } from 'vitest';
import { nodeLabels, nodePools, nodeTaints } from '../../../src/clouds/aws/nodePools.js';
import { awsSizes } from '../../../src/clouds/aws/sizes.js';
import type { DeploymentSpecInput } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { existingNetwork, minimalSpec } from '../../spec/minimalSpec.js';

const poolsOf = (more: Partial<DeploymentSpecInput>) => nodePools(parseSpec({ ...minimalSpec, ...more }));
const own = { name: 'mine', instanceTypes: ['m7g.large'], min: 1, max: 2 };

describe('nodePools', () => {
  it("are the size's", () => {
    expect(poolsOf({ size: 'large' })).toEqual(awsSizes.large.pools);
  });

  it("are the file's when it names any", () => {
    expect(poolsOf({ cluster: { nodePools: [own] } }).map((pool) => pool.name)).toEqual(['mine']);
  });

  it("get the size's GPU pool when asked for", () => {
    expect(poolsOf({ cluster: { gpu: true, nodePools: [own] } }).map((pool) => pool.name)).toEqual(['mine', 'gpu']);
  });

  it('are none in an existing cluster that the file adds none to', () => {
    const existing = { network: { existing: existingNetwork }, cluster: { existing: { name: 'theirs' } } };
    expect(poolsOf(existing)).toEqual([]);
    expect(poolsOf({ ...existing, cluster: { ...existing.cluster, nodePools: [own] } })).toHaveLength(1);
  });
});

it('spot nodes repel what does not tolerate them and can be chosen by label', () => {
  const spot = awsSizes.small.pools.find((pool) => pool.spot)!;
  expect(nodeTaints(spot)).toEqual([{ key: 'hangar/spot', value: 'true', effect: 'NO_SCHEDULE' }]);
  expect(nodeLabels(spot)).toEqual({ 'hangar/pool': 'spot', 'hangar/spot': 'true' });
});

it('GPU nodes repel what asks for no GPU', () => {
  expect(nodeTaints(awsSizes.small.gpuPool)).toEqual([{ key: 'nvidia.com/gpu', value: 'true', effect: 'NO_SCHEDULE' }]);
});
