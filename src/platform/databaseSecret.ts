import { HangarError } from '../errors/HangarError.js';
import { deploymentLabel, flyteNamespace } from '../flyte/flyteRelease.js';
import { applySecret } from '../kubernetes/applySecret.js';
import type { AwaitGoneOptions } from '../kubernetes/awaitGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import { ensureNamespace } from '../kubernetes/ensureNamespace.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { removeNamespace } from '../kubernetes/removeNamespace.js';
import { removeSecret } from '../kubernetes/removeSecret.js';

/** The Kubernetes secret that Flyte's pods mount. */
export const databaseSecretName = 'flyte-db';
/** Flyte reads the password from a file of this name. */
const passwordKey = 'pass.txt';

/**
 * Writes the database's password into Flyte's namespace, which is made where it is not there.
 * @param stored the cloud's secret: JSON with `password`
 * @throws HGR-410 where there is none in it; the error says nothing of what is
 */
export async function writeDatabaseSecret(client: KubernetesClient, deployment: string, stored: string): Promise<void> {
  const labels = { [deploymentLabel]: deployment };
  const password = passwordOf(stored);
  await ensureNamespace(client, flyteNamespace, labels);
  await applySecret(client, {
    namespace: flyteNamespace,
    name: databaseSecretName,
    labels,
    values: { [passwordKey]: password },
  });
}

/**
 * Removes the secret, and Flyte's namespace if it was made for this deployment. Tolerates that neither is there.
 * @returns how many of the two there were
 * @throws HGR-408 where the namespace does not go, naming what holds it
 */
export async function removeDatabaseSecret(
  client: KubernetesClient,
  deployment: string,
  options: AwaitGoneOptions,
): Promise<number> {
  const secret = await removeSecret(client, flyteNamespace, databaseSecretName);
  const namespace = await client.core.readNamespace({ name: flyteNamespace }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  const ours = namespace?.metadata?.labels?.[deploymentLabel] === deployment;
  const removed = ours && (await removeNamespace(client, flyteNamespace, options));
  return Number(secret) + Number(removed);
}

function passwordOf(stored: string): string {
  let password: unknown;
  try {
    password = (JSON.parse(stored) as { password?: unknown } | null)?.password;
  } catch {
    // The parser's message quotes what it could not parse.
  }
  if (typeof password === 'string' && password !== '') return password;
  throw new HangarError('HGR-410', "the database's secret holds no JSON with a password", {
    next: "Look at the secret in the cloud's secret store: the database writes it.",
  });
}
