import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActivityContext } from '../../activities/ActivityContext.js';
import { flyteActivities } from '../../activities/flyte.js';
import { smokeActivities } from '../../activities/smoke.js';
import { flyteValues } from '../../src/clouds/aws/flyteValues.js';
import { HangarError } from '../../src/errors/HangarError.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import { writeDatabaseSecret } from '../../src/platform/databaseSecret.js';
import type { DeploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { flyteSpec } from '../flyte/flyteFixture.js';
import { type FlyteBed, startFlyteBed } from '../local/flyte-admin/FlyteBed.js';
import { contextOf } from './contextOf.js';
import { runInActivity } from './runInActivity.js';

let bed: FlyteBed;
let context: ActivityContext;

beforeAll(async () => {
  bed = await startFlyteBed();
  context = {
    ...contextOf({ flyteValues, clusterAccess: async () => bed.access, removeSchedules }),
    settings: { ...bed.settings, chartMirror: bed.chartMirror, dnsServers: [] } as never,
  };
});
afterAll(() => bed?.stop());

const request = (step: StepRequest['step'], spec: DeploymentSpec): StepRequest => ({
  spec,
  step,
  outputs: bed.outputs,
});
const install = (spec: DeploymentSpec) =>
  runInActivity(() => flyteActivities(context).installFlyte(request('flyte', spec)));
const smoke = (spec: DeploymentSpec, runId: string) =>
  runInActivity(() => smokeActivities(context).runSmoke(request('smoke', spec)), {
    workflow: { workflowId: 'flyte/research', runId },
  });
const uninstall = (spec: DeploymentSpec) =>
  runInActivity(() => flyteActivities(context).uninstallFlyte(request('flyte', spec)));

const releaseObjects = async () =>
  (await bed.client.apps.listNamespacedDeployment({ namespace: 'flyte' })).items.map(({ metadata }) => metadata?.name);

/** Schedules stay as long as something of the release could make new ones. */
const removeSchedules = async () =>
  (await releaseObjects()).map((name) => ({ step: 'flyte', resource: `schedule of ${name}`, reason: 'made again' }));

describe('before anything is installed', () => {
  test('a value that the chart does not take is HGR-404 and installs nothing', async () => {
    const spec = flyteSpec({ flyte: { values: { flyteadmin: { replicaCount: 'many' } } } });
    await expect(install(spec)).rejects.toMatchObject({ type: 'HGR-404', nonRetryable: true });
    const details = await install(spec).catch((error) => error.details[0]);
    expect(details.problems).toContainEqual(
      expect.objectContaining({ path: 'flyte.values.flyteadmin.replicaCount', message: 'got string, want integer' }),
    );
    expect(await releaseObjects()).toEqual([]);
  });

  test('a missing database secret is HGR-410 at once, not a timeout of pods', async () => {
    const outputs = { ...bed.outputs, credentials: { database_secret_name: 'elsewhere' } };
    const failing = runInActivity(() =>
      flyteActivities(context).installFlyte({ spec: flyteSpec(), step: 'flyte', outputs }),
    );
    await expect(failing).rejects.toMatchObject({ type: 'HGR-410', message: 'secret flyte/elsewhere is not there' });
    expect(await releaseObjects()).toEqual([]);
  });

  test('uninstalling is done at once, with and without a cluster', async () => {
    expect((await uninstall(flyteSpec())).result).toMatchObject({ leftovers: [], changes: { remove: 0 } });
    const schedule = { step: 'flyte', resource: 'EventBridge rule hangar-research_1', reason: 'still there' };
    const gone = contextOf({
      clusterAccess: async () => {
        throw new HangarError('HGR-413', 'there is no cluster research');
      },
      removeSchedules: async () => [schedule],
    });
    const { result } = await runInActivity(() => flyteActivities(gone).uninstallFlyte(request('flyte', flyteSpec())));
    expect(result).toMatchObject({ leftovers: [schedule], changes: { remove: 0 } });
  });
});

describe('a deployment with a domain', () => {
  const spec = flyteSpec({ domain: 'flyte.example.com' });

  test('is installed, and reports the address that its load balancer gets', async () => {
    const installing = install(spec);
    await addressIngress('flyte-core', 'research-1.elb.example.net');
    const { result, beats } = await installing;
    expect(result).toMatchObject({
      outputs: {
        namespace: 'flyte',
        release: 'flyte',
        chart_version: 'flyte-core-0.1.0-stand-in',
        load_balancer: 'research-1.elb.example.net',
      },
      changes: { add: 1, change: 0, remove: 0 },
    });
    expect(result.toolSeconds).toBeGreaterThan(0);
    expect(beats.map(({ phase }) => phase)).toContain('install');
    expect((await releaseObjects()).sort()).toEqual([
      'datacatalog',
      'flyte-pod-webhook',
      'flyteadmin',
      'flyteconsole',
      'flytepropeller',
      'flytescheduler',
      'syncresources',
    ]);
  });

  test('is left as it is by a second install', async () => {
    const generation = async () =>
      (await bed.client.apps.readNamespacedDeployment({ namespace: 'flyte', name: 'flyteadmin' })).metadata?.generation;
    const before = await generation();
    expect((await install(spec)).result).toMatchObject({ changes: { add: 0, change: 1 } });
    expect(await generation()).toBe(before);
  });
});

describe('smoke', () => {
  const spec = flyteSpec();

  test('passes, twice, and leaves no execution running', async () => {
    const { result, beats } = await smoke(spec, 'first');
    const checks = result.outputs.checks as { name: string; result: string }[];
    expect(checks.map(({ name, result: outcome }) => `${name} ${outcome}`)).toEqual([
      'health passed',
      'version passed',
      'projects passed',
      'namespaces passed',
      'echo passed',
      'container passed',
      'bucket passed',
      'public address skipped',
    ]);
    expect(beats.at(-1)).toMatchObject({ phase: 'check', done: 8, total: 8 });
    // The same attempt again: what it made is found done.
    expect((await smoke(spec, 'first')).result.outputs.checks).toHaveLength(8);
    const pods = await bed.client.core.listPodForAllNamespaces({ labelSelector: 'execution-id' });
    expect(pods.items.filter(({ status }) => status?.phase === 'Running')).toEqual([]);
  });

  test('tells all failures at once: a wrong database password', async () => {
    const right = await bed.client.core.readNamespacedSecret({ namespace: 'flyte', name: 'flyte-db' });
    await writeDatabaseSecret(bed.client, 'research', JSON.stringify({ password: 'not-the-password' }));
    try {
      const error = await smoke(spec, 'wrong-password').catch((failure) => failure);
      expect(error.type).toBe('HGR-501');
      const messages = error.details[0].problems.map(({ message }: { message: string }) => message);
      expect(messages.map((message: string) => message.split(':')[0])).toEqual([
        'projects',
        'echo',
        'container',
        'bucket',
      ]);
      for (const message of messages) {
        expect(message).toContain('password authentication failed for user "flyteadmin"');
        expect(message).toContain('look at: kubectl -n flyte');
        expect(message).not.toContain('not-the-password');
      }
    } finally {
      const password = Buffer.from(right.data?.['pass.txt'] ?? '', 'base64').toString();
      await writeDatabaseSecret(bed.client, 'research', JSON.stringify({ password }));
    }
  });

  test('fails the echo check alone where the plugin is not enabled', async () => {
    const plugins = { tasks: { 'task-plugins': { 'enabled-plugins': ['container', 'sidecar'] } } };
    await install(flyteSpec({ flyte: { values: { configmap: { enabled_plugins: plugins } } } }));
    const error = await smoke(spec, 'no-echo').catch((failure) => failure);
    expect(error.details[0].problems).toHaveLength(1);
    expect(error.details[0].problems[0].message).toContain('no plugin is enabled for task type [echo]');
  });

  test('is HGR-405 while FlyteAdmin has no ready pod', async () => {
    await bed.client.apps.patchNamespacedDeploymentScale({
      namespace: 'flyte',
      name: 'flyteadmin',
      body: [{ op: 'replace', path: '/spec/replicas', value: 0 }],
    });
    await expect
      .poll(async () => (await smoke(spec, 'scaled-down').catch((failure) => failure)).type, { timeout: 60_000 })
      .toBe('HGR-405');
  });

  test('the whole is removed', async () => {
    await addressIngress('flyte-core', null);
    expect((await uninstall(spec)).result).toMatchObject({ leftovers: [], changes: { remove: 1 } });
    expect(await releaseObjects()).toEqual([]);
  });
});

/** Plays the load balancer controller: gives the ingress an address as soon as it is there, if it is. */
async function addressIngress(name: string, hostname: string | null): Promise<void> {
  const namespace = 'flyte';
  const find = async () => (await bed.client.networking.listNamespacedIngress({ namespace })).items;
  if (hostname !== null) {
    await expect
      .poll(async () => (await find()).map(({ metadata }) => metadata?.name), { timeout: 60_000 })
      .toContain(name);
  }
  for (const ingress of (await find()).filter(({ metadata }) => metadata?.name === name)) {
    const value = hostname === null ? {} : { loadBalancer: { ingress: [{ hostname }] } };
    const body = [{ op: 'replace', path: '/status', value }];
    await bed.client.networking.patchNamespacedIngressStatus({ namespace, name: ingress.metadata!.name!, body });
  }
}
