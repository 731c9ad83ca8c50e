import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsCloud } from '../../../src/clouds/aws/awsCloud.js';
import type { Cloud } from '../../../src/clouds/Cloud.js';
import { changeManifest, listManifests, readManifest, removeManifest } from '../../../src/clouds/manifestStore.js';
import { manifestKey, stateKey } from '../../../src/clouds/stateKeys.js';
import type { ManifestChange } from '../../../src/graph/Manifest.js';
import { stepNames } from '../../../src/graph/StepName.js';
import { deploymentSpec } from '../../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';
import { type MotoServer, startMotoServer, target } from './motoServer.js';

const by = { workflow: { workflowId: 'flyte/research', runId: 'run' }, versions: { hangar: '0.1.0' } };
const spec = deploymentSpec.parse(minimalSpec);
const key = { ...target, name: 'research' };
let moto: MotoServer;
let cloud: Cloud;

beforeAll(async () => {
  moto = await startMotoServer();
});
afterAll(() => moto?.stop());
beforeEach(async () => {
  await moto.reset();
  cloud = awsCloud();
});

describe('manifestStore', () => {
  it('holds nothing where there is no state bucket, and cannot write there', async () => {
    expect(await readManifest(cloud, key)).toBeUndefined();
    expect(await listManifests(cloud, target)).toEqual({ manifests: [], unreadable: [] });
    await removeManifest(cloud, key);
    await expect(changeManifest(cloud, { spec }, by)).rejects.toMatchObject({ code: 'HGR-702' });
  });

  it('loses nothing of what all steps write at the same moment', async () => {
    await cloud.bootstrap(target);
    const changes = stepNames.map(
      (step) => ({ spec, steps: { [step]: { state: 'done' } }, outputs: { [step]: { step } } }) as ManifestChange,
    );
    await Promise.all(changes.map((change) => changeManifest(cloud, change, by)));
    const manifest = await readManifest(cloud, key);
    expect(Object.keys(manifest!.steps).sort()).toEqual([...stepNames].sort());
    expect(Object.keys(manifest!.outputs).sort()).toEqual([...stepNames].sort());
  });

  it.each([
    ['not JSON', 'oops'],
    ['another shape', '{"manifestVersion":2}'],
    ['a spec that is none', JSON.stringify({ manifestVersion: 1, spec: { name: 'x' } })],
  ])('refuses %s, and lists the others all the same', async (_, body) => {
    await cloud.bootstrap(target);
    const store = cloud.stateStore(target);
    await changeManifest(cloud, { spec, phase: 'ready' }, by);
    await store.put(manifestKey('broken'), body);
    await expect(readManifest(cloud, { ...key, name: 'broken' })).rejects.toMatchObject({ code: 'HGR-704' });
    const list = await listManifests(cloud, target);
    expect(list.manifests.map(({ name, phase }) => [name, phase])).toEqual([['research', 'ready']]);
    expect(list.unreadable).toEqual([{ name: 'broken', error: expect.objectContaining({ code: 'HGR-704' }) }]);
    const broken = deploymentSpec.parse({ ...minimalSpec, name: 'broken' });
    await expect(changeManifest(cloud, { spec: broken }, by)).rejects.toMatchObject({ code: 'HGR-704' });
    expect((await store.get(manifestKey('broken')))?.body).toBe(body);
  });

  it('is removed with empty states, and stays while a state holds something', async () => {
    await cloud.bootstrap(target);
    const store = cloud.stateStore(target);
    const vpc = { mode: 'managed', type: 'aws_vpc', name: 'this', instances: [{}] };
    await changeManifest(cloud, { spec }, by);
    await store.put(stateKey('research', 'dns'), '{"version":4,"resources":[]}');
    await store.put(stateKey('research', 'network'), JSON.stringify({ version: 4, resources: [vpc] }));
    await expect(removeManifest(cloud, key)).rejects.toMatchObject({
      code: 'HGR-606',
      message: expect.stringContaining('network'),
    });
    expect(await readManifest(cloud, key)).toBeDefined();
    await store.put(stateKey('research', 'network'), '{"version":4,"resources":[]}');
    await removeManifest(cloud, key);
    await removeManifest(cloud, key);
    expect(await store.list('deployments/')).toEqual([]);
  });
});
