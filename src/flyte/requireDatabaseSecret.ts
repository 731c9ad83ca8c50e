import path from 'node:path';
import { HangarError } from '../errors/HangarError.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { flyteNamespace } from './flyteRelease.js';
import { databasePasswordPath } from './flyteValuesInput.js';

/**
 * Makes sure that the secret which Flyte's pods mount is there: without it they would wait until the install times out.
 * @throws HGR-410 where it is not, or has no password
 */
export async function requireDatabaseSecret(client: KubernetesClient, name: string): Promise<void> {
  const key = path.posix.basename(databasePasswordPath);
  const resource = `secret ${flyteNamespace}/${name}`;
  const secret = await client.core.readNamespacedSecret({ namespace: flyteNamespace, name }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (secret?.data?.[key]) return;
  throw new HangarError('HGR-410', `${resource} ${secret ? `has no ${key}` : 'is not there'}`, {
    resource,
    next: 'Run the same create again: the credentials step writes the secret anew',
  });
}
