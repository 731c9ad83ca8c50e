import { HangarError } from '../errors/HangarError.js';
import { type AwaitGoneOptions, awaitGone, type Remaining } from './awaitGone.js';
import { isNotFound } from './classifyKubernetesError.js';
import { listCustomObjects, readDefinitions, remainingObject } from './customObjects.js';
import type { KubernetesClient } from './kubernetesClient.js';

/**
 * Deletes the custom resource definitions of API groups with all their objects, and waits until they are gone. Helm
 * leaves what a chart has in `crds/` where it is: https://helm.sh/docs/chart_best_practices/custom_resource_definitions/
 * @returns the names of the definitions that were removed
 * @throws HGR-408 naming what holds them
 */
export async function removeCustomResources(
  client: KubernetesClient,
  groups: readonly string[],
  options: AwaitGoneOptions,
): Promise<string[]> {
  const definitions = await readDefinitions(client, groups);
  for (const { name } of definitions)
    await client.extensions.deleteCustomResourceDefinition({ name }).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  const remaining = await awaitGone(() => readRemaining(client, groups), options);
  if (remaining.length > 0) {
    const held = remaining.map(({ object, reason }) => `${object}: ${reason}`).join('; ');
    throw new HangarError('HGR-408', `custom resources do not go away: ${held}`, {
      resource: remaining[0]?.object,
      next: 'Remove the finalizers of the objects named here, if what they stand for is gone, and run again.',
    });
  }
  return definitions.map(({ name }) => name);
}

/** The objects that hold their definitions; a definition without objects stands for itself. */
async function readRemaining(client: KubernetesClient, groups: readonly string[]): Promise<Remaining[]> {
  const definitions = await readDefinitions(client, groups);
  const held = await Promise.all(
    definitions.map(async (definition): Promise<Remaining[]> => {
      const objects = await listCustomObjects(client, definition);
      if (objects.length === 0) return [{ object: `definition ${definition.name}`, reason: 'is being deleted' }];
      return objects.map(remainingObject);
    }),
  );
  return held.flat();
}
