import { heldBy, type Remaining } from './awaitGone.js';
import { isNotFound } from './classifyKubernetesError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/** The part of a custom resource definition that matters here. */
export interface Definition {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

/** An object of a custom kind. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; finalizers?: string[]; deletionTimestamp?: Date };
}

/** The custom resource definitions of API groups. */
export async function readDefinitions(client: KubernetesClient, groups: readonly string[]): Promise<Definition[]> {
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

/** All objects of a definition, in all namespaces; none where the definition goes in this moment. */
export async function listCustomObjects(client: KubernetesClient, definition: Definition): Promise<CustomObject[]> {
  const { group, version, plural, kind } = definition;
  const list = await client.customObjects
    .listCustomObjectForAllNamespaces({ group, version, plural })
    .catch((error: unknown) => {
      if (isNotFound(error)) return { items: [] };
      throw error;
    });
  const { items } = list as { items: { metadata: CustomObject['metadata'] }[] };
  return items.map(({ metadata }) => ({ apiVersion: `${group}/${version}`, kind, metadata }));
}

/** The objects of API groups that carry a finalizer: only their controller can let them go. */
export async function heldCustomObjects(client: KubernetesClient, groups: readonly string[]): Promise<CustomObject[]> {
  const definitions = await readDefinitions(client, groups);
  const objects = await Promise.all(definitions.map((definition) => listCustomObjects(client, definition)));
  return objects.flat().filter(({ metadata }) => (metadata.finalizers ?? []).length > 0);
}

/** A custom object as something that is still there. */
export function remainingObject({ kind, metadata }: CustomObject): Remaining {
  return {
    object: `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`,
    reason: heldBy(metadata),
  };
}
