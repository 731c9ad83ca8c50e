import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import type { Manifest, ManifestChange } from '../graph/Manifest.js';
import type { DeploymentKey } from '../spec/parseDeploymentKey.js';
import type { Cloud, CloudTarget } from './Cloud.js';
import { manifestSchema } from './manifestSchema.js';
import { mergeManifest } from './mergeManifest.js';
import { deploymentOfKey, deploymentPrefix, deploymentsPrefix, manifestKey } from './stateKeys.js';
import { terraformStateResources } from './terraformStateResources.js';

/** Steps of one deployment write at the same moment; each loses at most once to each other. */
const writeAttempts = 20;
const readAtOnce = 8;

/**
 * The manifest of a deployment; undefined when there is none, or no state bucket.
 * @throws HGR-704 when what is there is no manifest
 */
export async function readManifest(cloud: Cloud, key: DeploymentKey): Promise<Manifest | undefined> {
  const object = await orNone(() => cloud.stateStore(key).get(manifestKey(key.name)));
  return object && parseManifest(object.body, manifestKey(key.name));
}

/**
 * Creates or changes a manifest as {@link mergeManifest} says, over the version that was read: written again when
 * somebody else was faster.
 * @returns the manifest as it was written
 * @throws HGR-702 without a state bucket, HGR-704 when what is there is no manifest, HGR-705 when others kept being faster
 */
export async function changeManifest(
  cloud: Cloud,
  change: ManifestChange,
  by: { workflow: Manifest['workflow']; versions: Manifest['versions'] },
): Promise<Manifest> {
  const store = cloud.stateStore(change.spec);
  const key = manifestKey(change.spec.name);
  for (let attempt = 1; ; attempt++) {
    const object = await store.get(key);
    const manifest = mergeManifest(object && parseManifest(object.body, key), change, { ...by, now: new Date() });
    try {
      const body = `${JSON.stringify(manifest, null, 2)}\n`;
      await store.put(key, body, object ? { ifMatch: object.etag } : { ifAbsent: true });
      return manifest;
    } catch (error) {
      if (!(error instanceof HangarError && error.code === 'HGR-705') || attempt === writeAttempts) throw error;
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

/**
 * Removes a deployment from the state bucket: its empty states, then its manifest; tolerates that nothing is there.
 * @throws HGR-606 when a state still holds resources: state and manifest then stay
 */
export async function removeManifest(cloud: Cloud, key: DeploymentKey): Promise<void> {
  const store = cloud.stateStore(key);
  const keys = (await orNone(() => store.list(deploymentPrefix(key.name)))) ?? [];
  const held: string[] = [];
  for (const state of keys.filter((found) => found.endsWith('.tfstate'))) {
    const object = await store.get(state);
    const resources = object ? terraformStateResources(object.body, state) : [];
    if (resources.length === 0) await store.delete(state);
    else held.push(`${state} (${resources.length})`);
  }
  if (held.length > 0) {
    throw new HangarError('HGR-606', `states still hold resources: ${held.join(', ')}`, {
      resource: held[0],
      next: `Destroy again: \`hangar destroy ${key.name}\`.`,
    });
  }
  await orNone(() => store.delete(manifestKey(key.name)));
}

/** What a state bucket lists: the manifests by name, and those that could not be read. Empty without a state bucket. */
export interface ManifestList {
  readonly manifests: Manifest[];
  readonly unreadable: { readonly name: string; readonly error: HangarError }[];
}

/** The manifests of all deployments in an account and region, in order of their names. */
export async function listManifests(cloud: Cloud, target: CloudTarget): Promise<ManifestList> {
  const keys = (await orNone(() => cloud.stateStore(target).list(deploymentsPrefix))) ?? [];
  const names = keys.filter((key) => key.endsWith('/manifest.json')).flatMap((key) => deploymentOfKey(key) ?? []);
  const list: ManifestList = { manifests: [], unreadable: [] };
  for (let start = 0; start < names.length; start += readAtOnce) {
    const read = names.slice(start, start + readAtOnce).map(async (name) => {
      try {
        return { name, manifest: await readManifest(cloud, { ...target, name }) };
      } catch (error) {
        if (error instanceof HangarError && error.code === 'HGR-704') return { name, error };
        throw error;
      }
    });
    for (const { name, manifest, error } of await Promise.all(read)) {
      if (manifest) list.manifests.push(manifest);
      if (error) list.unreadable.push({ name, error });
    }
  }
  return list;
}

function parseManifest(body: string, key: string): Manifest {
  let problem = 'it is not JSON';
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(body));
    if (parsed.success) return parsed.data;
    problem = parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
      .slice(0, 5)
      .join('; ');
  } catch {
    // Not JSON: said below.
  }
  throw new HangarError('HGR-704', `${key} is not a manifest this Hangar can read: ${problem}`, {
    resource: key,
    next: 'Use the version of Hangar that wrote it, or put back an earlier version of the object.',
  });
}

/** A missing bucket holds nothing. */
async function orNone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof HangarError && error.code === 'HGR-702') return undefined;
    throw error;
  }
}
