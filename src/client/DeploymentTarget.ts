import type { CloudTarget } from '../clouds/Cloud.js';
import type { DeploymentKey } from '../spec/parseDeploymentKey.js';

/** A deployment by name; with the rest, it is also found in the state bucket when Temporal knows nothing of it. */
export type DeploymentTarget = Pick<DeploymentKey, 'name'> & Partial<CloudTarget>;

/** Where the state bucket of a deployment is, when all of it is given. */
export function stateTarget({ cloud, account, region }: Partial<CloudTarget>): CloudTarget | undefined {
  return cloud && account && region ? { cloud, account, region } : undefined;
}
