import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { localCredentials } from '../gateway/EmulatedIdentities.js';

/** Clients of the emulated cloud, under the local cloud's own credentials. */
export interface AwsClients {
  readonly iam: IAMClient;
  readonly rds: RDSClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sts: STSClient;
  /** S3 under other credentials. */
  s3As(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }): S3Client;
}

export function awsClients(endpoint: string, region: string): AwsClients {
  const options = { endpoint, region, credentials: localCredentials };
  return {
    iam: new IAMClient(options),
    rds: new RDSClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    secrets: new SecretsManagerClient(options),
    sts: new STSClient(options),
    s3As: (credentials) => new S3Client({ ...options, forcePathStyle: true, credentials }),
  };
}
