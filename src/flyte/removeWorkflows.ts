import { setTimeout as sleep } from 'node:timers/promises';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { RemovalWait } from './RemovalWait.js';

const group = 'flyte.lyft.com';
const version = 'v1alpha1';
const plural = 'flyteworkflows';
const crd = `${plural}.${group}`;

interface FlyteWorkflow {
  metadata: { name: string; namespace: string; finalizers?: string[] };
}

/**
 * Deletes every running workflow and waits for FlytePropeller to end its pods. What is still there then (no propeller
 * runs any more) loses its finalizers.
 */
export async function removeWorkflows(client: KubernetesClient, wait: RemovalWait): Promise<void> {
  const first = await listWorkflows(client);
  await Promise.all(
    [...new Set(first.map(({ metadata }) => metadata.namespace))].map((namespace) =>
      client.customObjects.deleteCollectionNamespacedCustomObject({ group, version, namespace, plural }),
    ),
  );
  const end = Date.now() + wait.seconds * 1000;
  for (;;) {
    const left = await listWorkflows(client);
    if (left.length === 0) return;
    if (Date.now() >= end) return await releaseWorkflows(client, left);
    wait.report(`${left.length} workflows to end`);
    await sleep(wait.pollMs, undefined, { signal: wait.signal });
  }
}

/** Deletes the definition of FlyteWorkflow; FlytePropeller may have made it itself, so no chart removes it. */
export async function removeWorkflowDefinition(client: KubernetesClient): Promise<void> {
  try {
    await client.extensions.deleteCustomResourceDefinition({ name: crd });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return;
  }
}

async function listWorkflows(client: KubernetesClient): Promise<FlyteWorkflow[]> {
  try {
    const list = await client.customObjects.listClusterCustomObject({ group, version, plural });
    return (list as { items: FlyteWorkflow[] }).items;
  } catch (error) {
    // Flyte was never installed, or its definition is gone already.
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function releaseWorkflows(client: KubernetesClient, left: readonly FlyteWorkflow[]): Promise<void> {
  const held = left.filter(({ metadata }) => (metadata.finalizers ?? []).length > 0);
  for (const { metadata } of held) {
    try {
      await client.customObjects.patchNamespacedCustomObject({
        group,
        version,
        namespace: metadata.namespace,
        plural,
        name: metadata.name,
        body: [{ op: 'remove', path: '/metadata/finalizers' }],
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
