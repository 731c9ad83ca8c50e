import type { CloudTarget } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { Cli } from './Cli.js';
import type { TargetFlags } from './options.js';

/** What of a target the flags and the environment name; asks nobody. */
export function namedTarget(cli: Cli, { cloud, account, region }: TargetFlags): Partial<CloudTarget> {
  const here = region ?? cli.env.AWS_REGION ?? cli.env.AWS_DEFAULT_REGION;
  return { cloud, ...(account ? { account } : {}), ...(here ? { region: here } : {}) };
}

/**
 * The account and region whose state bucket to look into: by the flags, else by the environment and the credentials.
 * @throws HangarError HGR-106 without a region, HGR-201 or HGR-202 where the account is to come from credentials
 */
export async function findTarget(cli: Cli, flags: TargetFlags): Promise<CloudTarget> {
  const { region } = namedTarget(cli, flags);
  if (!region) {
    throw new HangarError('HGR-106', 'It is not known which region to look into', {
      next: 'Give --region, or set AWS_REGION.',
    });
  }
  const { callerAccount } = await import('../client/callerAccount.js');
  return { cloud: flags.cloud, region, account: flags.account ?? (await callerAccount(flags.cloud)) };
}
