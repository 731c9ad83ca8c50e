import { HangarError } from '../errors/HangarError.js';
import type { Leftover } from '../graph/StepRequest.js';
import type { StateStore } from './StateStore.js';
import { deploymentPrefix } from './stateKeys.js';
import { terraformStateResources } from './terraformStateResources.js';

/** What the states of a deployment still hold, by step; nothing where there is no state bucket. */
export async function heldResources(store: StateStore, deployment: string): Promise<Leftover[]> {
  const prefix = deploymentPrefix(deployment);
  const keys = await store.list(prefix).catch((error: unknown) => {
    if (error instanceof HangarError && error.code === 'HGR-702') return [];
    throw error;
  });
  const held: Leftover[] = [];
  for (const key of keys.filter((found) => found.endsWith('.tfstate'))) {
    const step = key.slice(prefix.length, -'.tfstate'.length);
    const state = await store.get(key);
    for (const { address, id } of state ? terraformStateResources(state.body, key) : []) {
      held.push({ step, resource: address, ...(id ? { id } : {}), reason: "still in the step's terraform state" });
    }
  }
  return held;
}
