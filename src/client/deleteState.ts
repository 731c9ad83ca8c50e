import type { CloudTarget } from '../clouds/Cloud.js';

/**
 * Removes the state bucket of an account and region, with the caller's own credentials.
 * @throws HangarError HGR-703 while a deployment is in it, HGR-702 when there is none
 */
export async function deleteState(target: CloudTarget, signal?: AbortSignal): Promise<void> {
  const { cloudByName } = await import('../clouds/cloudByName.js');
  await cloudByName(target.cloud).deleteBootstrap(target, signal);
}
