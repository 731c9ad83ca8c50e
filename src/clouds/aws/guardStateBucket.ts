import {
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { stateBucket } from './stateBucket.js';

const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

/**
 * Puts right what would lose or leak states when somebody has changed the bucket since its stack was made, which
 * CloudFormation does not notice: versioning and the block of public access.
 */
export async function guardStateBucket(
  clients: AwsClients,
  target: { account: string; region: string },
): Promise<void> {
  const s3 = clients(S3Client, target.region);
  const where = { Bucket: stateBucket(target), ExpectedBucketOwner: target.account };
  const otherwise = 'HGR-701';
  const [versioning, access] = await Promise.all([
    callAws('s3:GetBucketVersioning', () => s3.send(new GetBucketVersioningCommand(where)), { otherwise }),
    callAws('s3:GetBucketPublicAccessBlock', () => s3.send(new GetPublicAccessBlockCommand(where)), {
      otherwise,
      absent: ['NoSuchPublicAccessBlockConfiguration'],
    }),
  ]);
  if (versioning.Status !== 'Enabled') {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await callAws(
      's3:PutBucketVersioning',
      () => s3.send(new PutBucketVersioningCommand({ ...where, VersioningConfiguration })),
      {
        otherwise,
      },
    );
  }
  const now = access?.PublicAccessBlockConfiguration;
  if (!now || Object.keys(closed).some((key) => !now[key as keyof typeof closed])) {
    await callAws(
      's3:PutBucketPublicAccessBlock',
      () => s3.send(new PutPublicAccessBlockCommand({ ...where, PublicAccessBlockConfiguration: closed })),
      { otherwise },
    );
  }
}
