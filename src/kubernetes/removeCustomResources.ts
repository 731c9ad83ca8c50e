import { HangarError } from '../errors/HangarError.js';
import { type AwaitGoneOptions, awaitGone, heldBy, type Remaining } from './awaitGone.js';
import { isNotFound } from './classifyKubernetesError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/** The part of a custom resource definition that matters here. */
interface Definition {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

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

async function readDefinitions(client: KubernetesClient, groups: readonly string[]): Promise<Definition[]> {
  const { items } = await client.extensions.listCustomResourceDefinition();
  return items
    .filter(({ spec }) => groups.includes(spec.group))
    .map(({ metadata, spec }) => ({
      name: metadata?.name ?? '',
      group: spec.group,
      version: (spec.versions.find(({ served }) => served) ?? spec.versions[0])?.name ?? '',
      plural: spec.names.plural,
      kind: spec.names.kind,
    }));
}

/** The objects that hold their definitions; a definition without objects stands for itself. */
async function readRemaining(client: KubernetesClient, groups: readonly string[]): Promise<Remaining[]> {
  const definitions = await readDefinitions(client, groups);
  const held = await Promise.all(
    definitions.map(async ({ name, group, version, plural, kind }): Promise<Remaining[]> => {
      const list = await client.customObjects
        .listCustomObjectForAllNamespaces({ group, version, plural })
        .catch((error: unknown) => {
          if (isNotFound(error)) return { items: [] };
          throw error;
        });
      const objects = (list as { items: { metadata?: Parameters<typeof heldBy>[0] & Named }[] }).items;
      if (objects.length === 0) return [{ object: `definition ${name}`, reason: 'is being deleted' }];
      return objects.map(({ metadata }) => ({
        object: `${kind} ${[metadata?.namespace, metadata?.name].filter(Boolean).join('/')}`,
        reason: heldBy(metadata),
      }));
    }),
  );
  return held.flat();
}

interface Named {
  readonly name?: string;
  readonly namespace?: string;
}
