import { describe, expect, it, vi } from 'vitest';
import { leftoverActivities } from '../../activities/leftovers.js';
import type { Cloud, TaggedResource } from '../../src/clouds/Cloud.js';
import { stateKey } from '../../src/clouds/stateKeys.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { contextOf } from './contextOf.js';
import { runInActivity } from './runInActivity.js';
import { storeOf } from './storeOf.js';

const spec = deploymentSpec.parse(minimalSpec);
const vpc: TaggedResource = { id: 'arn:vpc', deployment: 'research', step: 'network' };
const state = (...ids: string[]) =>
  JSON.stringify({
    version: 4,
    resources: ids.map((arn) => ({
      mode: 'managed',
      type: 'aws_vpc',
      name: 'this',
      instances: [{ attributes: { arn } }],
    })),
  });

function find(cloud: Partial<Cloud>, outputs = {}, signal?: AbortSignal, patienceMs = 60_000) {
  const whole = { stateStore: () => storeOf({}), findByTag: async () => [], findOrphans: async () => [], ...cloud };
  const { findLeftovers } = leftoverActivities(contextOf(whole), { patienceMs, pollMs: 1 });
  return runInActivity(() => findLeftovers({ spec, outputs: outputs as never }), { signal });
}

describe('findLeftovers', () => {
  it('finds nothing where nothing is, also without a state bucket', async () => {
    expect((await find({})).result).toEqual([]);
    const list = () => Promise.reject(new HangarError('HGR-702', 'no bucket'));
    expect((await find({ stateStore: () => ({ ...storeOf({}), list }) })).result).toEqual([]);
  });

  it('unites states, orphans and tags, each resource once, and asks only once', async () => {
    const findByTag = vi.fn(async () => [vpc, { id: 'arn:topic', deployment: 'research', step: 'queues' }]);
    const { result } = await find(
      {
        stateStore: () =>
          storeOf({ [stateKey('research', 'network')]: state('arn:vpc'), [stateKey('research', 'dns')]: state() }),
        findOrphans: async (_, name) => [{ step: 'platform', resource: `volume of ${name}`, id: 'vol-1', reason: 'r' }],
        findByTag,
      },
      { cluster: { cluster_name: 'hangar-research' } },
    );
    expect(result).toEqual([
      expect.objectContaining({ step: 'network', resource: 'aws_vpc.this', id: 'arn:vpc' }),
      expect.objectContaining({ step: 'platform', resource: 'volume of hangar-research' }),
      expect.objectContaining({ step: 'queues', resource: 'arn:topic' }),
    ]);
    expect(findByTag).toHaveBeenCalledTimes(1);
  });

  it('asks for what was made outside terraform also where the cluster’s name is lost', async () => {
    const rule = { step: 'flyte', resource: 'EventBridge rule hangar-research_1', id: 'arn:rule', reason: 'r' };
    const findOrphans = vi.fn(async () => [rule]);
    expect((await find({ findOrphans })).result).toEqual([rule]);
    expect(findOrphans).toHaveBeenCalledWith(spec, undefined);
  });

  it('waits for the cloud to forget what only a tag knows of, and says so', async () => {
    const findByTag = vi
      .fn(async (): Promise<TaggedResource[]> => [])
      .mockResolvedValueOnce([vpc])
      .mockResolvedValueOnce([vpc]);
    const { result, beats } = await find({ findByTag });
    expect(result).toEqual([]);
    expect(findByTag).toHaveBeenCalledTimes(3);
    expect(beats.map(({ waitingFor }) => waitingFor)).toContain('the cloud to stop listing arn:vpc');
  });

  it('reports it when the cloud goes on listing it', async () => {
    const { result } = await find({ findByTag: async () => [vpc] }, {}, undefined, 0);
    expect(result).toEqual([{ step: 'network', resource: 'arn:vpc', id: 'arn:vpc', reason: expect.any(String) }]);
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const findByTag = async () => {
      controller.abort();
      return [vpc];
    };
    await expect(find({ findByTag }, {}, controller.signal)).rejects.toMatchObject({ name: 'CancelledFailure' });
  });
});
