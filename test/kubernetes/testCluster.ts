import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';

import type { ClusterAccess } from '../../src/kubernetes/ClusterAccess.js';
import { type KubernetesClient, kubernetesClient } from '../../src/kubernetes/kubernetesClient.js';
import { testTools } from './testTools.js';

/** A real API server, controller manager and scheduler with kwok nodes, in a folder of its own. */
export interface TestCluster {
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  readonly folder: string;
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/**
 * Starts a cluster on free ports; about three seconds. Three nodes, pods run at once.
 * @param kwokDocuments kwok's configuration: Stages, ClusterPortForwards
 */
export async function startTestCluster(kwokDocuments: readonly object[] = []): Promise<TestCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hangar-test-cluster-'));
  const processes: ChildProcess[] = [];
  const run = (name: string, program: string, args: string[]) => {
    const log = openSync(path.join(folder, `${name}.log`), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log] });
    processes.push(child);
    return child;
  };
  const [etcdPort, peerPort, apiPort, kwokPort, managerPort, schedulerPort] = (await freePorts(6)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const token = randomBytes(16).toString('hex');
  const certificates = path.join(folder, 'certificates');
  const kubeconfig = path.join(folder, 'kubeconfig');
  const kwokConfig = path.join(folder, 'kwok.yaml');
  const keyFile = path.join(folder, 'service-account.key');
  const tokenFile = path.join(folder, 'tokens.csv');
  mkdirSync(certificates);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  writeFileSync(tokenFile, `${token},admin,admin,system:masters\n`);

  const { controlPlane, kwok } = testTools();
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  run('etcd', controlPlane, [
    'etcd',
    `--data-dir=${path.join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]);
  run('apiserver', controlPlane, [
    'kube-apiserver',
    `--etcd-servers=${etcdUrl}`,
    `--secure-port=${apiPort}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${certificates}`,
    `--service-account-key-file=${keyFile}`,
    `--service-account-signing-key-file=${keyFile}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${tokenFile}`,
    '--authorization-mode=Node,RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
  ]);
  const server = `https://127.0.0.1:${apiPort}`;
  const certificate = path.join(certificates, 'apiserver.crt');
  await until('the API server answers', async () => {
    const certificateAuthority = readFileSync(certificate, 'utf8');
    const probe = kubernetesClient({ ...access(certificateAuthority), name: 'probe' }, { timeoutMs: 2_000 });
    try {
      await probe.core.readNamespace({ name: 'kube-system' });
    } finally {
      probe.close();
    }
  });
  const certificateAuthority = readFileSync(certificate, 'utf8');
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'test',
          cluster: { server, 'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64') },
        },
      ],
      users: [{ name: 'admin', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
      'current-context': 'test',
    }),
    { mode: 0o600 },
  );
  run('controller-manager', controlPlane, [
    'kube-controller-manager',
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${managerPort}`,
    '--bind-address=127.0.0.1',
    `--service-account-private-key-file=${keyFile}`,
    '--use-service-account-credentials=false',
  ]);
  run('scheduler', controlPlane, [
    'kube-scheduler',
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${schedulerPort}`,
    '--bind-address=127.0.0.1',
  ]);

  function access(ca: string): ClusterAccess {
    return {
      name: 'test',
      server,
      certificateAuthority: ca,
      token: async () => ({ token, expiresAt: new Date(Date.now() + 900_000) }),
    };
  }
  const clusterAccess = access(certificateAuthority);
  const client = kubernetesClient(clusterAccess);

  writeFileSync(kwokConfig, kwokDocuments.map((document) => stringify(document)).join('---\n'));
  run('kwok', kwok, [
    `--kubeconfig=${kubeconfig}`,
    `--config=${kwokConfig}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=40',
    '--node-ip=127.0.0.1',
    `--node-port=${kwokPort}`,
    `--server-address=127.0.0.1:${kwokPort}`,
    `--tls-cert-file=${certificate}`,
    `--tls-private-key-file=${path.join(certificates, 'apiserver.key')}`,
  ]);
  for (const name of ['node-a', 'node-b', 'node-c']) await client.core.createNode({ body: node(name) });
  await until('the nodes are ready', async () => {
    const nodes = await client.core.listNode();
    const ready = nodes.items.filter((item) =>
      item.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    );
    if (ready.length < 3) throw new Error(`${ready.length} of 3 nodes are ready`);
  });
  // Pods of a namespace need its default service account, which the controller manager makes a moment later.
  await until('the default service account is there', () =>
    client.core.readNamespacedServiceAccount({ name: 'default', namespace: 'default' }),
  );

  return {
    access: clusterAccess,
    client,
    folder,
    kubeconfig,
    async stop() {
      client.close();
      await Promise.all(processes.map(stopProcess));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function node(name: string) {
  const capacity = { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  return {
    metadata: { name, labels: { 'kubernetes.io/hostname': name }, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    status: { capacity, allocatable: capacity },
  };
}

/** Repeats `attempt` until it succeeds; the last failure after a minute. */
export async function until<T>(what: string, attempt: () => Promise<T>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`, { cause: error });
      await sleep(100);
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
