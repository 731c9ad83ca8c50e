import { GetBucketTaggingCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { stateBucket } from './stateBucket.js';
import { stateBucketTag } from './stateStackTemplate.js';

/**
 * Whose the bucket of the state bucket's name is. `ours`: this account's and Hangar's by its tag; `untagged`: this
 * account's, made by somebody else; `foreign`: another account's, or closed to these credentials (S3 tells no difference).
 */
export type StateBucketOwner = 'absent' | 'ours' | 'untagged' | 'foreign';

export async function findStateBucket(
  clients: AwsClients,
  target: { account: string; region: string },
): Promise<StateBucketOwner> {
  const s3 = clients(S3Client, target.region);
  const where = { Bucket: stateBucket(target), ExpectedBucketOwner: target.account };
  try {
    await s3.send(new HeadBucketCommand(where));
  } catch (error) {
    // A HEAD has no body, so only the status tells. 301 and 400: the name is in use in another region.
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return 'absent';
    if (status === 403 || status === 301) return 'foreign';
    return callAws('s3:ListBucket', () => Promise.reject(error), { otherwise: 'HGR-701' });
  }
  const tags = await callAws('s3:GetBucketTagging', () => s3.send(new GetBucketTaggingCommand(where)), {
    otherwise: 'HGR-701',
    absent: ['NoSuchTagSet'],
  });
  return tags?.TagSet?.some((tag) => tag.Key === stateBucketTag) ? 'ours' : 'untagged';
}
