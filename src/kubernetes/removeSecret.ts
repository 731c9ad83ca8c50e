import { isNotFound } from './classifyKubernetesError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/** Deletes a secret. @returns whether it was there */
export async function removeSecret(client: KubernetesClient, namespace: string, name: string): Promise<boolean> {
  try {
    await client.core.deleteNamespacedSecret({ namespace, name });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
