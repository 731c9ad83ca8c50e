import { apiStatus } from './classifyKubernetesError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/** Makes a namespace with these labels where there is none; leaves one that is there as it is. */
export async function ensureNamespace(
  client: KubernetesClient,
  name: string,
  labels: Record<string, string> = {},
): Promise<void> {
  try {
    await client.core.createNamespace({ body: { metadata: { name, labels } } });
  } catch (error) {
    if (apiStatus(error) !== 409) throw error;
  }
}
