import type { V1Namespace, V1Pod } from '@kubernetes/client-node';
import type { Leftover } from '../graph/StepRequest.js';
import { type AwaitGoneOptions, awaitGone } from '../kubernetes/awaitGone.js';
import { apiStatus, isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { namespaceHeldBy } from '../kubernetes/removeNamespace.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { deploymentLabel, flyteNamespace, flyteNamespaces } from './flyteRelease.js';

/** FlytePropeller puts it on task pods so that it sees how they ended; nobody takes it off when Flyte is gone. */
const podFinalizer = 'flyte/flytek8s';

/**
 * Deletes the namespaces that Flyte made for projects and domains: those with the deployment's label (projects added
 * later too) and those of the file. Nothing of Flyte holds them up: task pods lose Flyte's finalizer.
 * @returns namespaces that are still there when the time is up, with what holds them
 */
export async function removeProjectNamespaces(
  client: KubernetesClient,
  spec: DeploymentSpec,
  options: AwaitGoneOptions,
): Promise<Leftover[]> {
  for (const namespace of await projectNamespaces(client, spec)) {
    await client.core.deleteNamespace({ name: name(namespace) }).catch((error: unknown) => {
      // Gone, or on its way out already.
      if (![404, 409].includes(apiStatus(error) ?? 0)) throw error;
    });
  }
  const remaining = await awaitGone(async () => {
    const left = await projectNamespaces(client, spec);
    for (const namespace of left) await releasePods(client, name(namespace));
    return left.map((namespace) => ({ object: `namespace ${name(namespace)}`, reason: namespaceHeldBy(namespace) }));
  }, options);
  return remaining.map(({ object, reason }) => ({ step: 'flyte', resource: object, reason }));
}

async function projectNamespaces(client: KubernetesClient, spec: DeploymentSpec): Promise<V1Namespace[]> {
  const ofFile = flyteNamespaces(spec);
  const { items } = await client.core.listNamespace();
  return items.filter((namespace) => {
    if (name(namespace) === flyteNamespace) return false;
    // On a cluster that is shared, a namespace of the same name may be another deployment's.
    const owner = namespace.metadata?.labels?.[deploymentLabel];
    return owner === spec.name || (owner === undefined && ofFile.includes(name(namespace)));
  });
}

async function releasePods(client: KubernetesClient, namespace: string): Promise<void> {
  const { items } = await client.core.listNamespacedPod({ namespace });
  for (const pod of items.filter(isHeldByFlyte)) {
    const value = pod.metadata?.finalizers?.filter((finalizer) => finalizer !== podFinalizer);
    const body = [{ op: 'replace', path: '/metadata/finalizers', value }];
    await client.core
      .patchNamespacedPod({ namespace, name: pod.metadata?.name ?? '', body })
      .catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
  }
}

function isHeldByFlyte({ metadata }: V1Pod): boolean {
  return metadata?.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(podFinalizer);
}

function name(namespace: V1Namespace): string {
  return namespace.metadata?.name ?? '';
}
