import { PatchStrategy } from '@kubernetes/client-node';
import { HangarError } from '../errors/HangarError.js';
import { ApiFailure } from './classifyKubernetesError.js';
import { fieldManager } from './fieldManager.js';
import type { KubernetesClient } from './kubernetesClient.js';

export interface SecretContent {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** By key; written as they are, base64 is done here. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Writes a Kubernetes secret by server-side apply: made, changed or left as it is; keys that others wrote stay.
 * @throws HGR-410 where the API refuses it. What the API says is left out unless it is about access or the namespace,
 * since its words about a rejected object can quote the object.
 */
export async function applySecret(client: KubernetesClient, secret: SecretContent): Promise<void> {
  const data = Object.fromEntries(
    Object.entries(secret.values).map(([key, value]) => [key, Buffer.from(value, 'utf8').toString('base64')]),
  );
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret.name, namespace: secret.namespace, labels: { ...secret.labels } },
    type: 'Opaque',
    data,
  };
  try {
    await client.objects.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
  } catch (error) {
    throw withoutValues(error, secret);
  }
}

function withoutValues(error: unknown, { namespace, name }: SecretContent): unknown {
  const failure = error instanceof HangarError ? error.cause : undefined;
  if (!(failure instanceof ApiFailure)) return error;
  const harmless = [401, 403, 404].includes(failure.status);
  return new HangarError(
    'HGR-410',
    `the API refused secret ${namespace}/${name} (${failure.status} ${failure.reason})${harmless ? `: ${failure.message}` : ''}`,
    {
      resource: `secret ${namespace}/${name}`,
      next: 'Check that the namespace stands and that the worker may write secrets in it.',
    },
  );
}
