import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { HangarError } from '../../errors/HangarError.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { defaultRegion } from './defaultRegion.js';

/**
 * Whose the credentials are, by STS, which needs no permission.
 * @throws HGR-201 none or refused, HGR-202 expired, HGR-209 no answer
 */
export async function identity(clients: AwsClients): Promise<{ account: string; principal: string }> {
  const answer = await callAws('sts:GetCallerIdentity', () =>
    clients(STSClient, defaultRegion()).send(new GetCallerIdentityCommand({})),
  );
  if (!answer.Account || !answer.Arn) {
    throw new HangarError('HGR-209', 'sts:GetCallerIdentity gave no account', {
      next: 'Check AWS_ENDPOINT_URL: what answers there is not STS.',
    });
  }
  return { account: answer.Account, principal: answer.Arn };
}
