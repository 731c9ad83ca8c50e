import type { StateStore } from './StateStore.js';
import { deploymentOfKey, deploymentsPrefix } from './stateKeys.js';
import { terraformStateResources } from './terraformStateResources.js';

/** Names of the deployments that a state bucket holds: those with a manifest or with a state that is not empty. */
export async function heldDeployments(store: StateStore): Promise<string[]> {
  const held = new Set<string>();
  for (const key of await store.list(deploymentsPrefix)) {
    const name = deploymentOfKey(key);
    if (!name || held.has(name)) continue;
    if (key.endsWith('/manifest.json')) held.add(name);
    else if (key.endsWith('.tfstate')) {
      const state = await store.get(key);
      if (state && terraformStateResources(state.body, key).length > 0) held.add(name);
    }
  }
  return [...held].sort();
}
