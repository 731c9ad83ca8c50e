import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { identity } from '../identity.js';
import { checkBucket } from './checkBucket.js';
import { checkCluster } from './checkCluster.js';
import { checkClusterVersion } from './checkClusterVersion.js';
import { checkNetwork } from './checkNetwork.js';
import { checkQuotas } from './checkQuotas.js';
import { checkZone } from './checkZone.js';

/** Finds what stands in the way of one concern; an error of AWS itself is thrown. */
export type Check = (clients: AwsClients, spec: DeploymentSpec) => Promise<HangarError[]>;

const checks: readonly Check[] = [checkZone, checkNetwork, checkCluster, checkClusterVersion, checkBucket, checkQuotas];

/**
 * All that stands in the way of creating a deployment in AWS. The account is checked first: what another account holds
 * says nothing.
 * @throws HGR-209 and HGR-303 when AWS does not answer: then nothing is known
 */
export async function preflight(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  const account = await found(async () => checkAccount(await identity(clients), spec));
  if (account.length > 0) return account;
  const problems = await Promise.all(checks.map((check) => found(() => check(clients, spec))));
  return unique(problems.flat());
}

function checkAccount(who: { account: string; principal: string }, spec: DeploymentSpec): HangarError[] {
  if (who.account === spec.account) return [];
  return [
    new HangarError(
      'HGR-203',
      `the credentials belong to account ${who.account} (${who.principal}), not to ${spec.account}`,
      {
        resource: 'account',
        next: `Use credentials of account ${spec.account} (AWS_PROFILE), or correct \`account\` in the file.`,
      },
    ),
  ];
}

/** What is missing for a check to run (a permission) stands in the way as well. */
async function found(check: () => Promise<HangarError[]>): Promise<HangarError[]> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof HangarError && !error.retryable && error.code !== 'HGR-901') return [error];
    throw error;
  }
}

function unique(problems: readonly HangarError[]): HangarError[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
