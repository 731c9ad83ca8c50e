import type { CloudTarget } from '../clouds/Cloud.js';
import type { StepOutputs } from '../graph/StepOutputs.js';

/**
 * Makes the state bucket of an account and region, or finds it, with the caller's own credentials. CreateFlyte does the
 * same: this is for accounts where an administrator makes it beforehand.
 * @throws HangarError HGR-701, HGR-201 and others of the cloud's
 */
export async function bootstrapState(target: CloudTarget, signal?: AbortSignal): Promise<StepOutputs['bootstrap']> {
  const { cloudByName } = await import('../clouds/cloudByName.js');
  return await cloudByName(target.cloud).bootstrap(target, signal);
}
