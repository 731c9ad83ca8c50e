import { describe, expect, it } from 'vitest';
import { instancePrice } from '../../../src/clouds/aws/listPrices.js';
import { awsSizes } from '../../../src/clouds/aws/sizes.js';
import { flyteSizes } from '../../../src/flyte/flyteSizes.js';
import type { Size } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';
import { sizesDocument } from './sizesDocument.js';

/** Virtual CPUs of the types the sizes use: https://aws.amazon.com/ec2/instance-types/ */
const vcpus = (type: string): number => {
  const size = type.split('.')[1]!;
  return size === 'large' ? 2 : 4 * Number(size.replace('xlarge', '') || 1);
};

describe.each(Object.entries(awsSizes))('size %s', (name, size) => {
  it('is a set of pools that the deployment file itself would be allowed to name', () => {
    const nodePools = [...size.pools, size.gpuPool];
    expect(parseSpec({ ...minimalSpec, cluster: { nodePools } }).cluster.nodePools).toEqual(nodePools);
  });

  it('has one pool that is never empty, and it is neither spot nor GPU', () => {
    const standing = size.pools.filter((pool) => pool.min > 0);
    expect(standing.map((pool) => [pool.name, pool.spot, pool.gpu])).toEqual([['system', false, false]]);
  });

  it('has an on-demand worker with room for the largest task that Flyte lets through', () => {
    const largest = Math.max(
      ...size.pools.filter((pool) => !pool.spot).flatMap((pool) => pool.instanceTypes.map(vcpus)),
    );
    expect(largest).toBeGreaterThan(Number(flyteSizes[name as Size].taskLimits.cpu));
  });

  it('has prices for everything in it', () => {
    const types = [...size.pools, size.gpuPool].flatMap((pool) => pool.instanceTypes);
    const classes = size.database.class === 'db.serverless' ? [] : [size.database.class];
    expect([...types, ...classes].filter((type) => instancePrice(type) === undefined)).toEqual([]);
  });
});

it('docs/sizes.md says what the sizes are', async () => {
  await expect(sizesDocument()).toMatchFileSnapshot('../../../docs/sizes.md');
});
