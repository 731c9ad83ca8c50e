import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { type PodBackend, startControlPlane } from '../../local/kubernetes/startControlPlane.js';
import { Supervisor } from '../../local/processes/Supervisor.js';
import { installTools } from '../../local/tools/installTools.js';
import type { ClusterAccess } from '../../src/kubernetes/ClusterAccess.js';
import { type KubernetesClient, kubernetesClient } from '../../src/kubernetes/kubernetesClient.js';

/** A real API server, controller manager and scheduler with three kwok nodes, for one test file. */
export interface TestCluster {
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  /** File; of a member of system:masters. */
  readonly kubeconfig: string;
  readonly helm: string;
  stop(): Promise<void>;
}

export interface TestClusterOptions {
  /** Namespaces whose pods' ports lead to ports of this machine. */
  readonly backends?: readonly { readonly namespace: string; readonly port: number }[];
}

/** Starts a cluster of its own, about five seconds; pods run as soon as they are scheduled. */
export async function startTestCluster({ backends = [] }: TestClusterOptions = {}): Promise<TestCluster> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hangar-test-cluster-'));
  const tools = await installTools(['control-plane', 'kwok', 'helm']);
  const supervisor = new Supervisor(dir);
  const behind = backends.map((backend): PodBackend => ({ ...backend, stop: async () => {} }));
  const plane = await startControlPlane({
    supervisor,
    tools: { controlPlane: tools['control-plane'], kwok: tools.kwok },
    name: 'test',
    issuer: 'https://kubernetes.default.svc',
    behindPods: async () => behind,
  });
  const token = await adminToken(plane.kubeconfig);
  const access: ClusterAccess = {
    name: 'test',
    server: plane.server,
    certificateAuthority: plane.certificateAuthority,
    token: async () => ({ token, expiresAt: new Date(Date.now() + 900_000) }),
  };
  const client = kubernetesClient(access);
  for (const name of ['node-a', 'node-b', 'node-c']) await client.core.createNode({ body: node(name) });
  await until('the nodes are ready', async () => {
    const { items } = await client.core.listNode();
    const ready = items.filter(({ status }) =>
      status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    );
    if (ready.length < 3) throw new Error(`${ready.length} of 3 nodes are ready`);
  });
  return {
    access,
    client,
    kubeconfig: plane.kubeconfig,
    helm: tools.helm,
    async stop() {
      client.close();
      await plane.stop();
      await supervisor.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A token of a service account with all rights, as the product has one of a cloud's identity. */
async function adminToken(kubeconfig: string): Promise<string> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const name = 'hangar-test';
  const namespace = 'kube-system';
  const core = config.makeApiClient(CoreV1Api);
  await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name } } });
  await config.makeApiClient(RbacAuthorizationV1Api).createClusterRoleBinding({
    body: {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', namespace, name }],
    },
  });
  const { status } = await core.createNamespacedServiceAccountToken({
    namespace,
    name,
    body: { spec: { audiences: [], expirationSeconds: 7200 } },
  });
  return status?.token ?? '';
}

function node(name: string) {
  const capacity = { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  return {
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: { capacity, allocatable: capacity },
  };
}

/** Repeats `attempt` until it succeeds; fails with the last failure when the time is up. */
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
