import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootstrapActivities } from '../../activities/bootstrap.js';
import { manifestActivities } from '../../activities/manifest.js';
import { awsCloud } from '../../src/clouds/aws/awsCloud.js';
import { hangarVersion } from '../../src/settings/hangarVersion.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { type MotoServer, startMotoServer, target } from '../clouds/aws/motoServer.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { runInActivity } from './runInActivity.js';

let moto: MotoServer;
beforeAll(async () => {
  moto = await startMotoServer();
});
afterAll(() => moto?.stop());

it('makes the state bucket, keeps the manifest in it and takes it away again', async () => {
  const cloud = awsCloud();
  const context = { settings: {} as never, cloud: () => cloud };
  const { makeBootstrap } = bootstrapActivities(context);
  const { loadManifest, saveManifest, deleteManifest } = manifestActivities(context);
  const spec = deploymentSpec.parse(minimalSpec);
  const key = { ...target, name: spec.name };
  const workflow = { workflowId: 'flyte/research', runId: 'first' };
  const run = async <T>(work: () => Promise<T>) => (await runInActivity(work, { workflow })).result;

  expect(await run(() => loadManifest(key))).toBeNull();
  await expect(run(() => saveManifest({ spec }))).rejects.toMatchObject({ type: 'HGR-702' });
  const made = await run(() => makeBootstrap({ spec, step: 'bootstrap', outputs: {} }));
  expect(made.outputs).toEqual({ state_bucket: cloud.stateBucket(spec), state_region: spec.region });
  expect(made.toolSeconds).toBeGreaterThan(0);

  await run(() => saveManifest({ spec, phase: 'creating', steps: { bootstrap: { state: 'done' } } }));
  await run(() => saveManifest({ spec, phase: 'ready', steps: { network: { state: 'done' } } }));
  expect(await run(() => loadManifest(key))).toMatchObject({
    phase: 'ready',
    workflow,
    versions: { hangar: hangarVersion() },
    steps: { bootstrap: { state: 'done' }, network: { state: 'done' } },
  });
  await run(() => deleteManifest(key));
  expect(await run(() => loadManifest(key))).toBeNull();
});
