import type { Manifest, ManifestChange } from '../graph/Manifest.js';

/**
 * A manifest with a change applied: steps and outputs are merged by step (a null output takes it away), everything else
 * that the change names replaces, `error: null` takes the error away. Applying a change twice is as good as once.
 * @param manifest undefined: the change makes the first one
 */
export function mergeManifest(
  manifest: Manifest | undefined,
  change: ManifestChange,
  by: { workflow: Manifest['workflow']; versions: Manifest['versions']; now: Date },
): Manifest {
  const now = by.now.toISOString();
  const outputs = Object.entries({ ...manifest?.outputs, ...change.outputs }).filter(([, output]) => output != null);
  const error = change.error === undefined ? manifest?.error : (change.error ?? undefined);
  const expires = change.expires ?? manifest?.expires;
  return {
    manifestVersion: 1,
    name: change.spec.name,
    spec: change.spec,
    phase: change.phase ?? manifest?.phase ?? 'creating',
    createdAt: manifest?.createdAt ?? now,
    updatedAt: now,
    ...(expires ? { expires } : {}),
    versions: { ...manifest?.versions, ...by.versions },
    workflow: by.workflow,
    steps: { ...manifest?.steps, ...change.steps },
    outputs: Object.fromEntries(outputs),
    ...(error ? { error } : {}),
    leftovers: change.leftovers ?? manifest?.leftovers ?? [],
  };
}
