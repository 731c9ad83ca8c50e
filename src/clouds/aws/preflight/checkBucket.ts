import { GetBucketLocationCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { callAws } from '../callAws.js';

/** The bucket given by `bucket.existing`: it is there, this account's, and in the region of the deployment. */
export async function checkBucket(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  const name = spec.bucket.existing?.name;
  if (!name) return [];
  const s3 = clients(S3Client, spec.region);
  const where = { Bucket: name, ExpectedBucketOwner: spec.account };
  try {
    await s3.send(new HeadBucketCommand(where));
  } catch (error) {
    // A HEAD has no body, so only the status tells.
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return [refusal(`the bucket ${name} is not there`, 'Give a bucket that `aws s3 ls` shows.')];
    if (status === 403) {
      return [
        refusal(
          `the bucket ${name} is another account's or closed to these credentials`,
          `Give a bucket of account ${spec.account}, or allow s3:ListBucket on it.`,
        ),
      ];
    }
    if (status !== 301) return callAws('s3:ListBucket', () => Promise.reject(error));
  }
  const { LocationConstraint } = await callAws('s3:GetBucketLocation', () =>
    s3.send(new GetBucketLocationCommand(where)),
  );
  // The oldest region has no name here, and `EU` is an old one of eu-west-1.
  const region = { '': 'us-east-1', EU: 'eu-west-1' }[String(LocationConstraint ?? '')] ?? LocationConstraint;
  if (region === spec.region) return [];
  return [refusal(`the bucket ${name} is in ${region}, not in ${spec.region}`, `Give a bucket in ${spec.region}.`)];
}

function refusal(message: string, next: string): HangarError {
  return new HangarError('HGR-206', message, { resource: 'bucket.existing.name', next });
}
