import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { HangarError } from '../../errors/HangarError.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';

/**
 * A secret's current value, in memory only.
 * @param id the secret's ARN or name
 * @throws HGR-410 when it is not there, empty or scheduled for deletion
 */
export async function readSecret(clients: AwsClients, id: string, region: string): Promise<string> {
  const secret = await callAws(
    'secretsmanager:GetSecretValue',
    () => clients(SecretsManagerClient, region).send(new GetSecretValueCommand({ SecretId: id })),
    { absent: ['ResourceNotFoundException'], otherwise: 'HGR-410' },
  );
  const value = secret?.SecretString ?? (secret?.SecretBinary && Buffer.from(secret.SecretBinary).toString('utf8'));
  if (!value) {
    throw new HangarError('HGR-410', `the secret ${id} ${secret ? 'is empty' : 'is not there'}`, {
      resource: id,
      next: 'Check the secret in Secrets Manager; the database step makes it.',
    });
  }
  return value;
}
