import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespaces } from './flyteRelease.js';

/**
 * What the namespaces of the file's projects and domains lack: the namespace itself, or the annotations that bind its
 * default service account to the task identity.
 */
export async function namespaceProblems(
  client: KubernetesClient,
  spec: DeploymentSpec,
  taskAnnotations: Readonly<Record<string, string>>,
): Promise<string[]> {
  const problems = await Promise.all(
    flyteNamespaces(spec).map(async (namespace) => {
      try {
        const { metadata } = await client.core.readNamespacedServiceAccount({ namespace, name: 'default' });
        return Object.entries(taskAnnotations)
          .filter(([key, value]) => metadata?.annotations?.[key] !== value)
          .map(([key]) => `service account ${namespace}/default has not the task identity (${key})`);
      } catch (error) {
        if (isNotFound(error)) return [`namespace ${namespace} or its service account is not there`];
        throw error;
      }
    }),
  );
  return problems.flat();
}
