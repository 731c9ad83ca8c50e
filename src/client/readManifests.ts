import type { CloudTarget } from '../clouds/Cloud.js';
import type { ManifestList } from '../clouds/manifestStore.js';
import type { Manifest } from '../graph/Manifest.js';
import type { DeploymentKey } from '../spec/parseDeploymentKey.js';

/*
 * Else the client only talks to Temporal. Here it reads the state bucket itself, on purpose: a deployment must be seen
 * and found when Temporal's history, or Temporal, is gone. The cloud's SDK is loaded only then: it is slow to load.
 */

/** The manifest of a deployment, with the caller's own credentials; undefined when there is none. */
export async function loadManifest(key: DeploymentKey): Promise<Manifest | undefined> {
  const [{ cloudByName }, { readManifest }] = await Promise.all([
    import('../clouds/cloudByName.js'),
    import('../clouds/manifestStore.js'),
  ]);
  return await readManifest(cloudByName(key.cloud), key);
}

/** The manifests of all deployments of an account and region, with the caller's own credentials. */
export async function loadManifests(target: CloudTarget): Promise<ManifestList> {
  const [{ cloudByName }, { listManifests }] = await Promise.all([
    import('../clouds/cloudByName.js'),
    import('../clouds/manifestStore.js'),
  ]);
  return await listManifests(cloudByName(target.cloud), target);
}
