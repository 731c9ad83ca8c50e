import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../src/clouds/Cloud.js';
import type { StepProgress } from '../../src/graph/StepRequest.js';
import { chartSource } from '../../src/helm/chartSource.js';
import { type InstallRequest, installRelease } from '../../src/helm/installRelease.js';
import { releaseStatus } from '../../src/helm/releaseStatus.js';
import { uninstallRelease } from '../../src/helm/uninstallRelease.js';
import { startTestCluster, type TestCluster, until } from '../kubernetes/testCluster.js';

const namespace = 'probe';
const chart = path.join(import.meta.dirname, 'probe-chart');
const impossible = { nodeSelector: { zone: 'nowhere' } };
let cluster: TestCluster;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'hangar-test-helm-'));
  cluster = await startTestCluster();
});

afterAll(async () => {
  await cluster?.stop();
  rmSync(home, { recursive: true, force: true });
});

const target = (release: string) => ({
  settings: { helm: cluster.helm, home },
  access: cluster.access,
  namespace,
  release,
  valuesKey: 'probe.values',
});

const install = (release: string, values: Record<string, Json> = {}, more: Partial<InstallRequest> = {}) =>
  installRelease({
    ...target(release),
    chart: chartSource({ chart: 'probe', address: chart, version: '' }),
    values,
    timeoutSeconds: 60,
    ...more,
  });

const deployment = (name: string) => cluster.client.apps.readNamespacedDeployment({ namespace, name });

test('installs, repeats without touching a thing, upgrades, uninstalls and repeats that', async () => {
  expect(await install('whole')).toMatchObject({ installed: true, revision: 1, chart: 'probe-0.1.0' });
  const first = await deployment('whole');
  expect(first.status?.availableReplicas).toBe(1);

  expect(await install('whole')).toMatchObject({ installed: false, revision: 2 });
  expect((await deployment('whole')).metadata?.generation).toBe(first.metadata?.generation);

  await install('whole', { replicas: 2 });
  expect((await deployment('whole')).status?.availableReplicas).toBe(2);

  expect(await uninstallRelease(target('whole'))).toMatchObject({ removed: true });
  await expect(deployment('whole')).rejects.toMatchObject({ code: 'HGR-411' });
  expect(await uninstallRelease(target('whole'))).toMatchObject({ removed: false });
  expect(await releaseStatus(target('whole'))).toBeUndefined();
});

test('takes back what was changed by hand', async () => {
  await install('touched');
  const scale = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  const body = { spec: { replicas: 3 } };
  await cluster.client.apps.patchNamespacedDeployment({ namespace, name: 'touched', body }, scale);
  await install('touched');
  expect((await deployment('touched')).spec?.replicas).toBe(1);
});

test('what does not go with its release is HGR-408 with what holds it, as often as it is tried', async () => {
  const patch = (finalizers: string[] | null) =>
    cluster.client.apps.patchNamespacedDeployment(
      { namespace, name: 'held', body: { metadata: { finalizers } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
  await install('held');
  await patch(['example.com/hold']);
  const told: StepProgress[] = [];
  const report = (progress: StepProgress) => told.push(progress);
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(uninstallRelease({ ...target('held'), timeoutSeconds: 2, report })).rejects.toMatchObject({
      code: 'HGR-408',
      message: expect.stringContaining('Deployment probe/held: waits for finalizer example.com/hold'),
    });
  expect(told.at(-1)?.waitingFor).toContain('example.com/hold');
  await patch(null);
  expect(await uninstallRelease(target('held'))).toMatchObject({ removed: true });
  expect(await uninstallRelease(target('held'))).toMatchObject({ removed: false });
});

test('a release whose uninstall was given up can be installed again', async () => {
  await install('again', { finalizers: ['example.com/hold'] });
  await expect(uninstallRelease({ ...target('again'), timeoutSeconds: 1 })).rejects.toMatchObject({ code: 'HGR-408' });
  const release = { metadata: { finalizers: null } };
  await cluster.client.apps.patchNamespacedDeployment(
    { namespace, name: 'again', body: release },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );
  expect(await install('again')).toMatchObject({ revision: 1 });
});

test('leaves no file of a run behind: no token, no values', () => {
  expect(readdirSync(path.join(home, 'helm', 'runs'))).toEqual([]);
});

/** Starts helm as a worker would and kills it as a machine that loses power would. */
async function killedHelm(release: string, values: string[]): Promise<void> {
  const args = ['upgrade', '--install', release, chart, '--wait', '--namespace', namespace, '--create-namespace'];
  const child = spawn(cluster.helm, [...args, ...values.flatMap((value) => ['--set', value])], {
    env: { ...process.env, KUBECONFIG: cluster.kubeconfig, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home },
    stdio: 'ignore',
  });
  await until('helm has recorded its start', async () => {
    const status = await releaseStatus(target(release));
    if (!status?.state.startsWith('pending-')) throw new Error(`${status?.state}`);
  });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
}

test('a first install that died half way is taken over', async () => {
  await killedHelm('died', ['nodeSelector.zone=nowhere']);
  expect((await releaseStatus(target('died')))?.state).toBe('pending-install');
  await expect(install('died')).rejects.toMatchObject({ code: 'HGR-406' });
  expect(await install('died', {}, { takeOver: true })).toMatchObject({ revision: 1 });
  expect((await deployment('died')).status?.availableReplicas).toBe(1);
});

test('an upgrade that died half way is taken over', async () => {
  await install('changed');
  await killedHelm('changed', ['nodeSelector.zone=nowhere']);
  expect((await releaseStatus(target('changed')))?.state).toBe('pending-upgrade');
  await install('changed', { replicas: 2 }, { takeOver: true });
  expect(await releaseStatus(target('changed'))).toMatchObject({ state: 'deployed' });
  expect((await deployment('changed')).status?.availableReplicas).toBe(2);
});

test('a pending release is uninstalled all the same', async () => {
  await killedHelm('dropped', ['nodeSelector.zone=nowhere']);
  expect(await uninstallRelease(target('dropped'))).toMatchObject({ removed: true });
  await expect(deployment('dropped')).rejects.toMatchObject({ code: 'HGR-411' });
});

test('what cannot be scheduled is told while waiting and in the error, and the next attempt goes on', async () => {
  const told: StepProgress[] = [];
  const failed = install('stuck', impossible, { timeoutSeconds: 5, report: (progress) => told.push(progress) });
  await expect(failed).rejects.toMatchObject({
    code: 'HGR-405',
    message: expect.stringMatching(/pod stuck-\S+: unschedulable: 0\/3 nodes are available/),
    next: expect.stringContaining('cluster.nodePools'),
  });
  expect(told).toContainEqual(
    expect.objectContaining({ phase: 'wait', done: 0, total: 1, waitingFor: expect.stringContaining('unschedulable') }),
  );
  expect(await install('stuck')).toMatchObject({ installed: false });
});

test('an image that cannot be pulled is told with its reason', async () => {
  const image = 'registry.invalid/nothing:1';
  await expect(install('unpullable', { image }, { timeoutSeconds: 4 })).rejects.toMatchObject({
    code: 'HGR-405',
    message: expect.stringContaining(`ImagePullBackOff (container probe): Back-off pulling image ${image}`),
    next: expect.stringContaining("image's name"),
  });
});

test('a claim without a volume is told by name', async () => {
  await expect(install('claimed', { claim: 'data' }, { timeoutSeconds: 4 })).rejects.toMatchObject({
    code: 'HGR-405',
    message: expect.stringContaining('volume claim data has no volume'),
  });
});

test('a value against the schema is HGR-404 with its path', async () => {
  await expect(install('wrong', { replicas: 'two', storage: {} })).rejects.toMatchObject({
    code: 'HGR-404',
    problems: [
      { path: 'probe.values.replicas', message: 'got string, want integer' },
      { path: 'probe.values.storage', message: "missing property 'bucket'" },
    ],
  });
});

test('a value that a template misses is HGR-404, an object the API refuses HGR-407', async () => {
  await expect(install('wrong', { domainNeeded: true })).rejects.toMatchObject({
    code: 'HGR-404',
    message: expect.stringContaining('domain is needed'),
  });
  await expect(install('wrong', { labels: { 'not a label': 'x' } })).rejects.toMatchObject({ code: 'HGR-407' });
});

test('a repository or registry that is not there is HGR-403', async () => {
  const from = (address: string) =>
    install('wrong', {}, { chart: chartSource({ chart: 'probe', address, version: '1.0.0' }) });
  await expect(from('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'HGR-403' });
  await expect(from('oci://127.0.0.1:1/probe')).rejects.toMatchObject({ code: 'HGR-403' });
});

test('a cluster that does not answer is HGR-401, a token it does not know HGR-402', async () => {
  const gone = { ...cluster.access, server: 'https://127.0.0.1:1' };
  await expect(install('wrong', {}, { access: gone })).rejects.toMatchObject({ code: 'HGR-401' });
  const stranger = {
    ...cluster.access,
    token: async () => ({ token: 'unknown', expiresAt: new Date(Date.now() + 9e5) }),
  };
  await expect(install('wrong', {}, { access: stranger })).rejects.toMatchObject({ code: 'HGR-402' });
});

test('an identity without rights is HGR-402', async () => {
  const { core } = cluster.client;
  await core.createNamespacedServiceAccount({ namespace: 'default', body: { metadata: { name: 'nobody' } } });
  const { status } = await core.createNamespacedServiceAccountToken({
    namespace: 'default',
    name: 'nobody',
    body: { spec: { audiences: [], expirationSeconds: 600 } },
  });
  const token = async () => ({ token: status?.token ?? '', expiresAt: new Date(Date.now() + 600_000) });
  await expect(install('wrong', {}, { access: { ...cluster.access, token } })).rejects.toMatchObject({
    code: 'HGR-402',
    message: expect.stringContaining('secrets is forbidden: User "system:serviceaccount:default:nobody"'),
  });
});

test('cancelled while it waits: helm ends by itself and leaves no pending release', async () => {
  const cancel = new AbortController();
  const running = install('cancelled', impossible, { signal: cancel.signal });
  running.catch(() => undefined);
  await until('helm has recorded its start', async () => {
    if ((await releaseStatus(target('cancelled'))) === undefined) throw new Error('not yet');
  });
  await sleep(500);
  cancel.abort();
  await expect(running).rejects.toMatchObject({ code: 'HGR-409' });
  expect((await releaseStatus(target('cancelled')))?.state).toBe('failed');
  expect(readdirSync(path.join(home, 'helm', 'runs'))).toEqual([]);
});

test("the caller's own helm and kubectl settings do not reach helm", async () => {
  process.env.KUBECONFIG = '/nowhere';
  process.env.HELM_NAMESPACE = 'elsewhere';
  process.env.HELM_KUBEAPISERVER = 'https://127.0.0.1:1';
  try {
    expect(await install('sealed')).toMatchObject({ installed: true });
  } finally {
    delete process.env.KUBECONFIG;
    delete process.env.HELM_NAMESPACE;
    delete process.env.HELM_KUBEAPISERVER;
  }
});

test('no helm program is HGR-801', async () => {
  const settings = { helm: '/nowhere/helm', home };
  await expect(install('wrong', {}, { settings })).rejects.toMatchObject({ code: 'HGR-801' });
});
