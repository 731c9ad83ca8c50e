import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Namespace } from '@kubernetes/client-node';
import type { Leftover } from '../graph/StepRequest.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { deploymentLabel, flyteNamespaces } from './flyteRelease.js';
import type { RemovalWait } from './RemovalWait.js';

/** What FlytePropeller puts on task pods so that it sees how they ended; nobody takes it off when Flyte is gone. */
const podFinalizer = 'flyte/flytek8s';

/**
 * Deletes the namespaces that Flyte made for projects and domains: those with the deployment's label (projects added
 * later too) and those of the file. Nothing of Flyte holds them up: task pods lose Flyte's finalizer.
 * @returns namespaces that are still there after the wait, with what holds them
 */
export async function removeProjectNamespaces(
  client: KubernetesClient,
  spec: DeploymentSpec,
  wait: RemovalWait,
): Promise<Leftover[]> {
  const wanted = await projectNamespaces(client, spec);
  await Promise.all(wanted.map((namespace) => deleteNamespace(client, name(namespace))));
  const end = Date.now() + wait.seconds * 1000;
  for (;;) {
    const left = await projectNamespaces(client, spec);
    if (left.length === 0) return [];
    if (Date.now() >= end) return left.map(leftover);
    wait.report(`namespaces ${left.map(name).join(', ')} to go`);
    await Promise.all(left.map((namespace) => releasePods(client, name(namespace))));
    await sleep(wait.pollMs, undefined, { signal: wait.signal });
  }
}

async function projectNamespaces(client: KubernetesClient, spec: DeploymentSpec): Promise<V1Namespace[]> {
  const ours = new Set(flyteNamespaces(spec));
  const { items } = await client.core.listNamespace();
  return items.filter((namespace) => {
    const owner = namespace.metadata?.labels?.[deploymentLabel];
    // On a cluster that is shared, a namespace of the same name may belong to another deployment.
    return owner === spec.name ? name(namespace) !== 'flyte' : owner === undefined && ours.has(name(namespace));
  });
}

async function deleteNamespace(client: KubernetesClient, namespace: string): Promise<void> {
  try {
    await client.core.deleteNamespace({ name: namespace });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

async function releasePods(client: KubernetesClient, namespace: string): Promise<void> {
  const { items } = await client.core.listNamespacedPod({ namespace });
  for (const pod of items) {
    const finalizers = pod.metadata?.finalizers ?? [];
    if (!pod.metadata?.deletionTimestamp || !finalizers.includes(podFinalizer)) continue;
    const others = finalizers.filter((finalizer) => finalizer !== podFinalizer);
    try {
      await client.core.patchNamespacedPod({
        namespace,
        name: pod.metadata.name!,
        body: [{ op: 'replace', path: '/metadata/finalizers', value: others }],
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function leftover(namespace: V1Namespace): Leftover {
  const holding = (namespace.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ message }) => message)
    .join(' ');
  return { step: 'flyte', resource: `namespace ${name(namespace)}`, reason: holding || 'it does not go away' };
}

function name(namespace: V1Namespace): string {
  return namespace.metadata?.name ?? '';
}
