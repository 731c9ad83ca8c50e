import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepProgress } from '../../src/graph/StepRequest.js';
import { applySecret, type SecretContent } from '../../src/kubernetes/applySecret.js';
import { awaitLoadBalancersGone } from '../../src/kubernetes/awaitLoadBalancersGone.js';
import { ensureNamespace } from '../../src/kubernetes/ensureNamespace.js';
import { kubernetesClient } from '../../src/kubernetes/kubernetesClient.js';
import { loadBalancerAddress } from '../../src/kubernetes/loadBalancerAddress.js';
import { removeCustomResources } from '../../src/kubernetes/removeCustomResources.js';
import { removeNamespace } from '../../src/kubernetes/removeNamespace.js';
import { removeSecret } from '../../src/kubernetes/removeSecret.js';
import { startTestCluster, type TestCluster, until } from './testCluster.js';

const password = 'correct-horse-battery-staple';
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster?.stop());

test('a namespace is made once, and one that is there keeps its labels', async () => {
  await ensureNamespace(cluster.client, 'made', { owner: 'first' });
  await ensureNamespace(cluster.client, 'made', { owner: 'second' });
  const { metadata } = await cluster.client.core.readNamespace({ name: 'made' });
  expect(metadata?.labels).toMatchObject({ owner: 'first' });
});

test('a secret is made, changed, left alone, and removed; keys of others stay', async () => {
  const { core } = cluster.client;
  const secret = { namespace: 'default', name: 'db', labels: { a: 'b' } };
  const read = () => core.readNamespacedSecret({ namespace: 'default', name: 'db' });
  await applySecret(cluster.client, { ...secret, values: { 'pass.txt': password } });
  expect(Buffer.from((await read()).data?.['pass.txt'] ?? '', 'base64').toString()).toBe(password);
  const { metadata } = await read();
  await applySecret(cluster.client, { ...secret, values: { 'pass.txt': password } });
  expect((await read()).metadata?.resourceVersion).toBe(metadata?.resourceVersion);

  await core.patchNamespacedSecret({ ...secret, body: { stringData: { other: 'x' } } }, mergePatch);
  await applySecret(cluster.client, { ...secret, values: { 'pass.txt': 'changed' } });
  expect(Object.keys((await read()).data ?? {}).sort()).toEqual(['other', 'pass.txt']);

  expect(await removeSecret(cluster.client, 'default', 'db')).toBe(true);
  expect(await removeSecret(cluster.client, 'default', 'db')).toBe(false);
});

test('a secret that is refused tells why, and nothing of its value', async () => {
  const refused: SecretContent[] = [
    { namespace: 'nowhere', name: 'db', values: { 'pass.txt': password } },
    { namespace: 'default', name: 'db', values: { 'not a key!': password } },
    { namespace: 'default', name: 'Not A Name', values: { 'pass.txt': password } },
    { namespace: 'default', name: 'big', values: { 'pass.txt': password.repeat(50_000) } },
  ];
  for (const secret of refused) {
    const error = await applySecret(cluster.client, secret).then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'HGR-410', resource: `secret ${secret.namespace}/${secret.name}` });
    const said = `${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`;
    expect(said).not.toContain(password);
    expect(said).not.toContain(Buffer.from(password).toString('base64').slice(0, 20));
  }
});

test('a namespace goes with what is in it; one that is not there is no error', async () => {
  await ensureNamespace(cluster.client, 'short');
  await cluster.client.core.createNamespacedConfigMap({ namespace: 'short', body: { metadata: { name: 'x' } } });
  expect(await removeNamespace(cluster.client, 'short', { timeoutSeconds: 30 })).toBe(true);
  expect(await removeNamespace(cluster.client, 'short', { timeoutSeconds: 1 })).toBe(false);
});

test('what holds a namespace is named: while waiting, in the error, and it goes once let go', async () => {
  const { client } = cluster;
  await ensureNamespace(client, 'stuck');
  const held = { namespace: 'stuck', name: 'held' };
  await client.core.createNamespacedConfigMap({
    namespace: 'stuck',
    body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
  });
  const told: StepProgress[] = [];
  await expect(
    removeNamespace(client, 'stuck', { timeoutSeconds: 8, report: (progress) => told.push(progress) }),
  ).rejects.toMatchObject({
    code: 'HGR-408',
    resource: 'namespace stuck',
    message: expect.stringMatching(
      /example\.com\/hold in 1 resource instances; .*configmaps\. has 1 resource instances/,
    ),
  });
  expect(told.at(-1)?.waitingFor).toContain('example.com/hold');
  await client.core.patchNamespacedConfigMap({ ...held, body: { metadata: { finalizers: null } } }, mergePatch);
  await removeNamespace(client, 'stuck', { timeoutSeconds: 30 });
});

const definition = {
  metadata: { name: 'things.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Thing', plural: 'things' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
const things = { group: 'example.com', version: 'v1', plural: 'things', namespace: 'default' };

async function makeThing(finalizers: string[]): Promise<void> {
  await cluster.client.extensions.createCustomResourceDefinition({ body: definition });
  const body = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'one', finalizers } };
  await until('the kind is served', () =>
    cluster.client.customObjects.createNamespacedCustomObject({ ...things, body }),
  );
}

test('custom resources of a group go with their definitions, others stay', async () => {
  await makeThing([]);
  expect(await removeCustomResources(cluster.client, ['example.org'], { timeoutSeconds: 5 })).toEqual([]);
  expect(await removeCustomResources(cluster.client, ['example.com'], { timeoutSeconds: 30 })).toEqual([
    'things.example.com',
  ]);
  const { items } = await cluster.client.extensions.listCustomResourceDefinition();
  expect(items).toEqual([]);
});

test('a custom resource that a finalizer holds is HGR-408 with both names', async () => {
  await makeThing(['example.com/hold']);
  const remove = (timeoutSeconds: number) => removeCustomResources(cluster.client, ['example.com'], { timeoutSeconds });
  await expect(remove(3)).rejects.toMatchObject({
    code: 'HGR-408',
    message: expect.stringContaining('Thing default/one: waits for finalizer example.com/hold'),
  });
  const body = { metadata: { finalizers: null } };
  await cluster.client.customObjects.patchNamespacedCustomObject({ ...things, name: 'one', body }, mergePatch);
  expect(await remove(30)).toEqual(['things.example.com']);
});

test('the load balancer of a namespace: none, its address, and what keeps it', async () => {
  const { client } = cluster;
  const service = { namespace: 'default', name: 'web' };
  expect(await loadBalancerAddress(client, 'default')).toBeNull();
  await client.core.createNamespacedService({
    namespace: 'default',
    body: { metadata: { name: 'web' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
  });
  expect(await loadBalancerAddress(client, 'default')).toBeNull();
  const status = { loadBalancer: { ingress: [{ hostname: 'web.elb.example' }] } };
  await client.core.patchNamespacedServiceStatus({ ...service, body: { status } }, mergePatch);
  expect(await loadBalancerAddress(client, 'default')).toBe('web.elb.example');

  expect(await awaitLoadBalancersGone(client, { timeoutSeconds: 0 })).toEqual([
    { object: 'service default/web', reason: 'keeps load balancer web.elb.example' },
  ]);
  const finalizers = ['service.k8s.aws/resources', 'service.kubernetes.io/load-balancer-cleanup'];
  await client.core.patchNamespacedService({ ...service, body: { metadata: { finalizers } } }, mergePatch);
  await client.core.deleteNamespacedService(service);
  expect(await awaitLoadBalancersGone(client, { timeoutSeconds: 0 })).toEqual([
    { object: 'service default/web', reason: `waits for the controller that holds ${finalizers.join(', ')}` },
  ]);
  await client.core.patchNamespacedService({ ...service, body: { metadata: { finalizers: null } } }, mergePatch);
  expect(await awaitLoadBalancersGone(client, { timeoutSeconds: 10 })).toEqual([]);
});

test('a wait that is aborted is HGR-409', async () => {
  await ensureNamespace(cluster.client, 'slow');
  await cluster.client.core.createNamespacedConfigMap({
    namespace: 'slow',
    body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
  });
  const stop = new AbortController();
  const removal = removeNamespace(cluster.client, 'slow', {
    timeoutSeconds: 60,
    signal: stop.signal,
    report: () => stop.abort(),
  });
  await expect(removal).rejects.toMatchObject({ code: 'HGR-409' });
});

test('an endpoint that is not there, and a certificate of somebody else', async () => {
  const read = async (change: object) => {
    const client = kubernetesClient({ ...cluster.access, ...change }, { timeoutMs: 3_000 });
    try {
      return await client.core.readNamespace({ name: 'default' });
    } finally {
      client.close();
    }
  };
  await expect(read({ server: 'https://127.0.0.1:1' })).rejects.toMatchObject({ code: 'HGR-401' });
  await expect(read({ certificateAuthority: '' })).rejects.toMatchObject({
    code: 'HGR-401',
    message: expect.stringContaining('certificate'),
  });
});

test('a token that the API no longer takes is asked for again, once', async () => {
  const good = (await cluster.access.token()).token;
  const tokens = ['expired', good];
  const token = async () => ({ token: tokens.shift() ?? 'none left', expiresAt: new Date(Date.now() + 900_000) });
  const client = kubernetesClient({ ...cluster.access, token });
  expect((await client.core.readNamespace({ name: 'default' })).metadata?.name).toBe('default');
  client.close();
});
