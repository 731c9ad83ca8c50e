import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortForward } from '../../src/kubernetes/portForward.js';
import { startTestCluster, type TestCluster, until } from './testCluster.js';

let cluster: TestCluster;
let backend: Server;

beforeAll(async () => {
  backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(`${request.url} ${Buffer.concat(chunks).length}`));
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  cluster = await startTestCluster({
    backends: [{ namespace: 'default', port: (backend.address() as AddressInfo).port }],
  });
  const labels = { app: 'echo' };
  await cluster.client.apps.createNamespacedDeployment({
    namespace: 'default',
    body: {
      metadata: { name: 'echo' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'echo', image: 'echo', ports: [{ name: 'http', containerPort: 8088 }] }] },
        },
      },
    },
  });
  await cluster.client.core.createNamespacedService({
    namespace: 'default',
    body: {
      metadata: { name: 'echo' },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
  });
});

afterAll(async () => {
  backend?.close();
  await cluster?.stop();
});

const open = () =>
  until('a pod behind the service is ready', () =>
    openPortForward(cluster.access, { namespace: 'default', service: 'echo', port: 80 }),
  );

test('requests pass through the API server to a pod behind the service, several at once', async () => {
  const forward = await open();
  try {
    const body = 'x'.repeat(300_000);
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const response = await fetch(`http://127.0.0.1:${forward.port}/path/${index}`, { method: 'POST', body });
        return response.text();
      }),
    );
    expect(answers).toEqual(Array.from({ length: 8 }, (_, index) => `/path/${index} 300000`));
    expect(forward.lastError()).toBeUndefined();
  } finally {
    await forward.close();
  }
});

test('a new pod takes over when the first is gone', async () => {
  const forward = await open();
  try {
    await cluster.client.core.deleteCollectionNamespacedPod({ namespace: 'default', labelSelector: 'app=echo' });
    const response = await fetch(`http://127.0.0.1:${forward.port}/again`);
    expect(await response.text()).toBe('/again 0');
  } finally {
    await forward.close();
  }
});

test('after close nothing listens any more and open connections are cut', async () => {
  const forward = await open();
  await fetch(`http://127.0.0.1:${forward.port}/before`).then((response) => response.text());
  await forward.close();
  await expect(fetch(`http://127.0.0.1:${forward.port}/after`)).rejects.toThrow();
});

test('a service or port that is not there is told at once', async () => {
  const at = (service: string, port: number) =>
    openPortForward(cluster.access, { namespace: 'default', service, port });
  await expect(at('nothing', 80)).rejects.toMatchObject({ code: 'HGR-411' });
  await open().then((forward) => forward.close());
  await expect(at('echo', 81)).rejects.toMatchObject({
    code: 'HGR-411',
    message: expect.stringContaining('no port 81'),
  });
});

test('a service without a ready pod is HGR-405', async () => {
  await cluster.client.core.createNamespacedService({
    namespace: 'default',
    body: { metadata: { name: 'empty' }, spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] } },
  });
  await expect(
    openPortForward(cluster.access, { namespace: 'default', service: 'empty', port: 80 }),
  ).rejects.toMatchObject({ code: 'HGR-405' });
});
