import type { HangarClient } from '../client/HangarClient.js';
import { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Cli } from './Cli.js';
import { findTarget } from './findTarget.js';
import type { TargetFlags } from './options.js';

/**
 * How a deployment stands, by Temporal or by the state bucket of the account and region at hand. The bucket, and the
 * credentials for it, are needed only where Temporal knows nothing.
 * @param certain fail where the bucket cannot be looked into, rather than say that there is no such deployment
 * @throws HangarError HGR-604 where neither knows of it
 */
export async function findDeployment(
  cli: Cli,
  client: HangarClient | undefined,
  name: string,
  flags: TargetFlags,
  certain = false,
): Promise<DeploymentStatus> {
  const { describeDeployment } = await import('../client/describeDeployment.js');
  const unknown = client ? await askTemporal() : undefined;
  if (unknown && !(unknown instanceof HangarError)) return unknown;
  try {
    return await describeDeployment(client, { name, ...(await findTarget(cli, flags)) });
  } catch (error) {
    if (!unknown || certain || !(error instanceof HangarError) || error.code === 'HGR-604') throw error;
    cli.hint(`The state bucket was not looked into: ${error.message}. ${error.next ?? ''}`);
    throw unknown;
  }

  async function askTemporal(): Promise<DeploymentStatus | HangarError> {
    // The region at hand is where to look, not which deployment is meant, unless a flag says so.
    const { account, region } = flags;
    try {
      return await describeDeployment(client, { name, ...(account ? { account } : {}), ...(region ? { region } : {}) });
    } catch (error) {
      if (error instanceof HangarError && error.code === 'HGR-604') return error;
      throw error;
    }
  }
}
