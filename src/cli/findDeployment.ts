import type { HangarClient } from '../client/HangarClient.js';
import { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Cli } from './Cli.js';
import { findTarget, namedTarget } from './findTarget.js';
import type { TargetFlags } from './options.js';

/**
 * How a deployment stands, by Temporal or by the state bucket of the account and region at hand. The credentials are
 * asked for the account only where Temporal knows nothing.
 * @throws HangarError HGR-604 where neither knows of it
 */
export async function findDeployment(
  cli: Cli,
  client: HangarClient | undefined,
  name: string,
  flags: TargetFlags,
): Promise<DeploymentStatus> {
  const { describeDeployment } = await import('../client/describeDeployment.js');
  // The region at hand is where to look, not which deployment is meant, unless a flag says so.
  const meant = {
    name,
    ...(flags.account ? { account: flags.account } : {}),
    ...(flags.region ? { region: flags.region } : {}),
  };
  if (client) {
    try {
      return await describeDeployment(client, meant);
    } catch (error) {
      if (!(error instanceof HangarError) || error.code !== 'HGR-604') throw error;
      if (!namedTarget(cli, flags).region) throw error;
    }
  }
  return await describeDeployment(client, { name, ...(await findTarget(cli, flags)) });
}
