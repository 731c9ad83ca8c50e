import { parseAllDocuments } from 'yaml';
import { heldBy, type Remaining } from '../kubernetes/awaitGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';

/** What names an object of a release. */
export interface ReleaseObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

interface ManifestObject {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string; namespace?: string; annotations?: Record<string, string> };
  items?: ManifestObject[];
}

/**
 * The objects of a release's manifest that go with it: all but those that the chart asks to keep.
 * https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export function releaseObjects(manifest: string, namespace: string): ReleaseObject[] {
  const documents = parseAllDocuments(manifest).map((document) => document.toJS() as ManifestObject | null);
  return documents
    .flatMap((document) => document?.items ?? [document])
    .flatMap((object) => {
      const { apiVersion, kind, metadata } = object ?? {};
      if (!apiVersion || !kind || !metadata?.name) return [];
      if (metadata.annotations?.['helm.sh/resource-policy'] === 'keep') return [];
      return [{ apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace ?? namespace } }];
    });
}

/** Those of the objects that are still there, with what holds them. */
export async function readRemainingObjects(
  client: KubernetesClient,
  objects: readonly ReleaseObject[],
): Promise<Remaining[]> {
  const found = await Promise.all(objects.map((object) => readObject(client, object)));
  return found.flat();
}

async function readObject(client: KubernetesClient, object: ReleaseObject): Promise<Remaining[]> {
  const { kind, metadata } = object;
  try {
    const there = await client.objects.read(object);
    return [{ object: `${kind} ${metadata.namespace}/${metadata.name}`, reason: heldBy(there.metadata) }];
  } catch (error) {
    // An object of a kind that is gone is gone.
    const unknownKind = error instanceof Error && error.message.startsWith('Unrecognized API version and kind');
    if (unknownKind || isNotFound(error)) return [];
    throw error;
  }
}
