import type { CloudName } from '../spec/DeploymentSpec.js';

/**
 * The account that the caller's own credentials belong to.
 * @throws HangarError HGR-201, HGR-202 or HGR-209
 */
export async function callerAccount(cloud: CloudName): Promise<string> {
  const { cloudByName } = await import('../clouds/cloudByName.js');
  return (await cloudByName(cloud).identity()).account;
}
