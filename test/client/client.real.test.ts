import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../local/processes/freePort.js';
import { bootstrapState } from '../../src/client/bootstrapState.js';
import { cancelDeployment } from '../../src/client/cancelDeployment.js';
import { checkWorkers } from '../../src/client/checkWorkers.js';
import { connect } from '../../src/client/connect.js';
import { createFlyte } from '../../src/client/createFlyte.js';
import { deleteState } from '../../src/client/deleteState.js';
import { deploymentOutputs } from '../../src/client/deploymentOutputs.js';
import { describeDeployment } from '../../src/client/describeDeployment.js';
import { destroyFlyte } from '../../src/client/destroyFlyte.js';
import { doctor } from '../../src/client/doctor.js';
import type { HangarClient } from '../../src/client/HangarClient.js';
import { listDeployments } from '../../src/client/listDeployments.js';
import { planFlyte } from '../../src/client/planFlyte.js';
import { watchDeployment } from '../../src/client/watchDeployment.js';
import { cloudByName } from '../../src/clouds/cloudByName.js';
import { changeManifest, removeManifest } from '../../src/clouds/manifestStore.js';
import { HangarError } from '../../src/errors/HangarError.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { readSettings } from '../../src/settings/readSettings.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { useMoto } from '../support/localCloud.js';
import { destroyInput, startWorkflowBed, testSpec, until, type WorkflowBed } from '../support/workflowBed.js';

const moto = useMoto();
const target = { cloud: 'aws', account: '123456789012', region: 'us-east-1' } as const;
let bed: WorkflowBed;
let client: HangarClient;
beforeAll(async () => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) {
    vi.stubEnv(name, moto.current.env[name]);
  }
  bed = await startWorkflowBed();
  client = await connect(bed.settings);
});
afterAll(async () => {
  await client?.close();
  await bed?.stop();
  vi.unstubAllEnvs();
});

const quick = { intervalMs: 50 };

describe('a Temporal that is not as it should be', () => {
  it('is told of with its address when it cannot be reached', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const connecting = connect(readSettings({ TEMPORAL_ADDRESS: address }));
    await expect(connecting).rejects.toMatchObject({
      code: 'HGR-601',
      message: expect.stringContaining(address),
      next: expect.stringContaining('TEMPORAL_ADDRESS'),
    });
  });

  it('is told of when it lacks the namespace', async () => {
    const settings = readSettings({ TEMPORAL_ADDRESS: bed.server.address, TEMPORAL_NAMESPACE: 'moon' });
    await expect(connect(settings)).rejects.toMatchObject({
      code: 'HGR-601',
      message: expect.stringContaining('moon'),
    });
  });

  it('is told of when no worker polls the task queue', async () => {
    await expect(checkWorkers(client)).resolves.toBeUndefined();
    const other = { ...client, settings: { ...client.settings, taskQueue: 'nobody-here' } };
    await expect(checkWorkers(other)).rejects.toMatchObject({
      code: 'HGR-602',
      resource: 'nobody-here',
      next: expect.stringContaining('hangar worker'),
    });
  });
});

describe('the life of a deployment through the client', () => {
  it('is created, watched, described, listed and destroyed', async () => {
    const spec = testSpec();
    await expect(planFlyte(client, { spec })).resolves.toHaveLength(15);
    const started = await createFlyte(client, { spec });
    expect(started).toMatchObject({ workflowId: `flyte/${spec.name}`, attached: false, name: spec.name });
    const seen: DeploymentStatus[] = [];
    const status = await watchDeployment(client, spec.name, (each) => seen.push(each), {
      ...quick,
      runId: started.runId,
    });
    expect(status).toMatchObject({ phase: 'ready', source: 'temporal' });
    expect(seen.at(-1)).toEqual(status);
    await expect(describeDeployment(client, { name: spec.name })).resolves.toEqual(status);
    await until(async () => {
      const summary = (await listDeployments(client, {})).find(({ name }) => name === spec.name);
      return summary?.phase === 'ready' && !summary.running && summary.account === '123456789012';
    });

    await destroyFlyte(client, destroyInput(spec));
    const end = await watchDeployment(client, spec.name, () => {}, quick);
    expect(end.phase).toBe('gone');
    await until(async () => !(await listDeployments(client, {})).some(({ name }) => name === spec.name));
  });

  it('shows what a step’s activity tells, how often it was tried and what failed', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', {
      fail: new HangarError('HGR-303', 'Throttled.'),
      attempts: 2,
      ms: 1_000,
    });
    bed.world.behave(spec.name, 'make', 'database', { hang: true });
    await createFlyte(client, { spec });
    const stop = new AbortController();
    const seen: DeploymentStatus[] = [];
    const step = (name: string) => seen.at(-1)?.steps.find((each) => each.name === name);
    const watching = watchDeployment(client, spec.name, (each) => seen.push(each), { ...quick, signal: stop.signal });
    await until(() => step('database')?.progress?.phase === 'make');
    expect(step('database')).toMatchObject({
      state: 'running',
      attempt: 1,
      progress: { phase: 'make', done: 1, total: 2 },
    });
    await until(() => step('cluster')?.state === 'done');
    const retried = seen.flatMap(({ steps }) => steps).find(({ name, attempt }) => name === 'cluster' && attempt === 2);
    expect(retried).toMatchObject({ state: 'running', error: { code: 'HGR-303', step: 'cluster' } });

    // To stop watching does not stop the work.
    stop.abort(new Error('detached'));
    await expect(watching).rejects.toThrow('detached');
    expect((await describeDeployment(client, { name: spec.name })).phase).toBe('creating');

    await cancelDeployment(client, spec.name);
    const end = await watchDeployment(client, spec.name, () => {}, quick);
    expect(end).toMatchObject({ phase: 'gone', error: { code: 'HGR-607' } });
    await expect(cancelDeployment(client, spec.name)).rejects.toMatchObject({ code: 'HGR-604' });
  });

  it('refuses a second creation at once, or joins it', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const first = await createFlyte(client, { spec });
    await expect(createFlyte(client, { spec })).rejects.toMatchObject({ code: 'HGR-603' });
    await expect(createFlyte(client, { spec, attach: true })).resolves.toEqual({ ...first, attached: true });
    await expect(destroyFlyte(client, destroyInput(spec))).rejects.toMatchObject({ code: 'HGR-603' });
    await cancelDeployment(client, spec.name);
    await watchDeployment(client, spec.name, () => {}, quick);

    bed.world.behave(spec.name, 'make', 'cluster', undefined);
    await createFlyte(client, { spec });
    await watchDeployment(client, spec.name, () => {}, quick);
    bed.world.behave(spec.name, 'unmake', 'cluster', { hang: true });
    await destroyFlyte(client, destroyInput(spec));
    // A destruction is not what a creation wants to join.
    await expect(createFlyte(client, { spec, attach: true })).rejects.toMatchObject({ code: 'HGR-603' });
    await cancelDeployment(client, spec.name);
  });

  it('tells a wrong spec before it starts anything', async () => {
    const spec = { ...testSpec(), size: 'huge' } as never;
    await expect(createFlyte(client, { spec })).rejects.toMatchObject({ code: 'HGR-102' });
    await expect(planFlyte(client, { spec })).rejects.toMatchObject({ code: 'HGR-102' });
  });

  it('gives the failure of a workflow as it is', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'nodes', { fail: new HangarError('HGR-306', 'No quota.', { next: 'Ask.' }) });
    await createFlyte(client, { spec });
    const status = await watchDeployment(client, spec.name, () => {}, quick);
    expect(status).toMatchObject({ phase: 'gone', error: { code: 'HGR-605', step: 'nodes', next: 'Ask.' } });
  });

  it('shows a terminated workflow as failed, with the steps that ran', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const { workflowId } = await createFlyte(client, { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    await bed.client.workflow.getHandle(workflowId).terminate();
    const status = await describeDeployment(client, { name: spec.name });
    expect(status).toMatchObject({
      phase: 'failed',
      error: { code: 'HGR-607', message: expect.stringContaining('terminated') },
    });
    expect(status.steps.find(({ name }) => name === 'cluster')!.state).toBe('failed');
  });

  it('says so of a deployment that nobody knows', async () => {
    await expect(watchDeployment(client, 'nobody', () => {})).rejects.toMatchObject({ code: 'HGR-604' });
    await expect(describeDeployment(client, { name: 'nobody', ...target })).rejects.toMatchObject({ code: 'HGR-604' });
    await expect(deploymentOutputs(client, { name: 'nobody', ...target })).rejects.toMatchObject({ code: 'HGR-604' });
  });
});

describe('a deployment that only the state bucket knows', () => {
  it('is described, listed and has outputs, with Temporal and without', async () => {
    await bootstrapState(target);
    const spec = parseSpec(testSpec({ lifetime: { ttl: '8h' } }));
    const cloud = cloudByName('aws');
    const by = { workflow: { workflowId: 'flyte/x', runId: 'y' }, versions: { hangar: '0' } };
    const outputs = {
      cluster: { cluster_name: 'hangar-x' },
      bucket: { bucket_url: 's3://data' },
      database: { database_host: 'db.example' },
      flyte: { namespace: 'flyte' },
    } as never;
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    await changeManifest(
      cloud,
      { spec, phase: 'creating', steps: { network: { state: 'done' } }, outputs, expires },
      by,
    );

    const key = { name: spec.name, ...target };
    // A run that nobody works on any more has failed; without Temporal that is not known.
    await expect(describeDeployment(client, key)).resolves.toMatchObject({ phase: 'failed', source: 'manifest' });
    const status = await describeDeployment(undefined, key);
    expect(status).toMatchObject({ phase: 'creating', source: 'manifest' });
    expect(status.steps.map(({ name, state }) => `${name} ${state}`).slice(1, 3)).toEqual([
      'network done',
      'egress waiting',
    ]);

    for (const each of [client, undefined]) {
      const listed = await listDeployments(each, target);
      expect(listed.find(({ name }) => name === spec.name)).toMatchObject({
        source: 'manifest',
        running: false,
        expires,
      });
    }
    const report = await deploymentOutputs(undefined, key);
    expect(report).toMatchObject({
      console: 'https://flyte.example.com/console',
      grpc: 'dns:///flyte.example.com',
      bucket: 's3://data',
      databaseHost: 'db.example',
      kubeconfigCommand: expect.stringContaining('--name hangar-x'),
    });
    expect(report.cost.hourlyUsd).toBeGreaterThan(0.1);
    expect(report.cost.soFarUsd).toBeLessThan(report.cost.hourlyUsd);

    await expect(deleteState(target)).rejects.toMatchObject({ code: 'HGR-703' });
    await removeManifest(cloud, key);
    await deleteState(target);
    await expect(deleteState(target)).rejects.toMatchObject({ code: 'HGR-702' });
  });
});

describe('doctor', () => {
  it('finds everything in order', async () => {
    const settings = { ...bed.settings, terraform: moto.current.env.HANGAR_TERRAFORM! };
    const checks = await doctor(settings, target);
    const results = Object.fromEntries(checks.map(({ name, result }) => [name, result]));
    expect(results).toMatchObject({
      terraform: 'ok',
      credentials: 'ok',
      temporal: 'ok',
      worker: 'ok',
      'state bucket': 'ok',
    });
  });

  it('tells of each thing what is missing and how to get it', async () => {
    const settings = readSettings({
      TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
      HANGAR_TERRAFORM: '/nowhere/terraform',
      HANGAR_HELM: '/nowhere/helm',
    });
    const checks = await doctor(settings, { ...target, account: '210987654321' });
    const failed = checks.filter(({ result }) => result === 'failed');
    expect(failed.map(({ name }) => name)).toEqual(['terraform', 'helm', 'credentials', 'temporal']);
    expect(failed.every(({ next }) => next !== undefined)).toBe(true);
    expect(checks.find(({ name }) => name === 'worker')!.result).toBe('skipped');
  });
});
