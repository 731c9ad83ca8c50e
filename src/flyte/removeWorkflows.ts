import { type AwaitGoneOptions, awaitGone, heldBy } from '../kubernetes/awaitGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';

/** API group of FlyteWorkflow. */
export const workflowGroup = 'flyte.lyft.com';

const workflows = { group: workflowGroup, version: 'v1alpha1', plural: 'flyteworkflows' };

interface FlyteWorkflow {
  readonly metadata: { name: string; namespace: string; finalizers?: string[]; deletionTimestamp?: Date };
}

/**
 * Deletes every workflow and waits for FlytePropeller to end its pods. What is still there when the time is up (no
 * propeller runs any more) loses its finalizers, which nobody else would take off.
 */
export async function removeWorkflows(client: KubernetesClient, options: AwaitGoneOptions): Promise<void> {
  const namespaces = new Set((await listWorkflows(client)).map(({ metadata }) => metadata.namespace));
  for (const namespace of namespaces) {
    await client.customObjects.deleteCollectionNamespacedCustomObject({ ...workflows, namespace });
  }
  await awaitGone(async () => {
    const left = await listWorkflows(client);
    return left.map(({ metadata }) => ({
      object: `FlyteWorkflow ${metadata.namespace}/${metadata.name}`,
      reason: heldBy(metadata),
    }));
  }, options);
  for (const { metadata } of await listWorkflows(client)) {
    if ((metadata.finalizers ?? []).length === 0) continue;
    const { namespace, name } = metadata;
    const body = [{ op: 'remove', path: '/metadata/finalizers' }];
    await client.customObjects.patchNamespacedCustomObject({ ...workflows, namespace, name, body }).catch(ignoreGone);
  }
}

async function listWorkflows(client: KubernetesClient): Promise<readonly FlyteWorkflow[]> {
  try {
    return ((await client.customObjects.listCustomObjectForAllNamespaces(workflows)) as { items: FlyteWorkflow[] })
      .items;
  } catch (error) {
    // Flyte was never installed, or its definition is gone already.
    ignoreGone(error);
    return [];
  }
}

function ignoreGone(error: unknown): void {
  if (!isNotFound(error)) throw error;
}
