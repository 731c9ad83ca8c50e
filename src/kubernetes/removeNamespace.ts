import type { V1Namespace } from '@kubernetes/client-node';
import { HangarError } from '../errors/HangarError.js';
import { type AwaitGoneOptions, awaitGone, type Remaining } from './awaitGone.js';
import { apiStatus, isNotFound } from './classifyKubernetesError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/**
 * Deletes a namespace with all that is in it and waits until it is gone.
 * @returns whether it was there
 * @throws HGR-408 naming the objects and finalizers that hold it
 */
export async function removeNamespace(
  client: KubernetesClient,
  name: string,
  options: AwaitGoneOptions,
): Promise<boolean> {
  try {
    await client.core.deleteNamespace({ name });
  } catch (error) {
    if (isNotFound(error)) return false;
    // It is on its way out already.
    if (apiStatus(error) !== 409) throw error;
  }
  const remaining = await awaitGone(() => readNamespace(client, name), options);
  if (remaining.length > 0)
    throw new HangarError('HGR-408', `namespace ${name} does not go away: ${remaining[0]?.reason}`, {
      resource: `namespace ${name}`,
      next: 'Remove the finalizers of the objects named here, if what they stand for is gone, and run again.',
    });
  return true;
}

async function readNamespace(client: KubernetesClient, name: string): Promise<Remaining[]> {
  try {
    return [{ object: `namespace ${name}`, reason: namespaceHeldBy(await client.core.readNamespace({ name })) }];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** The namespace controller's findings that something remains; https://pkg.go.dev/k8s.io/api/core/v1#NamespaceConditionType */
const remains = [
  'NamespaceFinalizersRemaining',
  'NamespaceContentRemaining',
  'NamespaceDeletionContentFailure',
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
];

/** What holds a namespace, by its own conditions; `is being deleted` before the controller has looked. */
export function namespaceHeldBy({ status }: Pick<V1Namespace, 'status'>): string {
  const found = (status?.conditions ?? []).filter((condition) => condition.status === 'True');
  const messages = remains.flatMap((type) => found.find((condition) => condition.type === type)?.message ?? []);
  return messages.length > 0 ? messages.join('; ') : 'is being deleted';
}
