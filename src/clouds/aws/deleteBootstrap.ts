import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { HangarError } from '../../errors/HangarError.js';
import { heldDeployments } from '../heldDeployments.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { deleteObjectVersions } from './deleteObjectVersions.js';
import { findStateBucket } from './findStateBucket.js';
import { s3StateStore } from './s3StateStore.js';
import { stateBucket } from './stateBucket.js';
import { stateStack } from './stateStack.js';

/**
 * Removes the state bucket with all old versions in it, and its stack; safe to repeat after an interruption.
 * A deployment that starts meanwhile is safe: S3 refuses to delete a bucket with an object in it.
 * @throws HGR-703 while a deployment is in it, HGR-702 when there is neither bucket nor stack
 */
export async function deleteBootstrap(
  clients: AwsClients,
  target: { account: string; region: string },
  signal?: AbortSignal,
): Promise<void> {
  const bucket = stateBucket(target);
  const stack = stateStack(clients, target.region);
  const [owner, found] = await Promise.all([findStateBucket(clients, target), stack.settled(signal)]);
  if (owner === 'absent' && !found) {
    throw new HangarError('HGR-702', `there is no state bucket ${bucket}`, {
      resource: bucket,
      next: 'Check account and region: nothing is there to remove.',
    });
  }
  if (owner === 'foreign' || (owner === 'untagged' && !found)) {
    throw new HangarError('HGR-313', `the bucket ${bucket} is not one that Hangar has made`, {
      resource: bucket,
      next: 'Remove it by hand if it is yours.',
    });
  }
  if (owner !== 'absent') await emptyBucket(clients, target, bucket);
  // The stack first: a creation that starts now waits for it and makes the bucket anew, and the bucket outlives its stack.
  if (found) await stack.delete(found, signal);
  if (owner !== 'absent') await deleteBucket(clients, target, bucket);
}

async function emptyBucket(
  clients: AwsClients,
  target: { account: string; region: string },
  bucket: string,
): Promise<void> {
  const where = { Bucket: bucket, ExpectedBucketOwner: target.account };
  await refuseWhileHeld(clients, target, bucket);
  await callAws('s3:DeleteObjectVersion', () => deleteObjectVersions(clients(S3Client, target.region), where, ''), {
    otherwise: 'HGR-701',
  });
}

async function deleteBucket(
  clients: AwsClients,
  target: { account: string; region: string },
  bucket: string,
): Promise<void> {
  const s3 = clients(S3Client, target.region);
  const where = { Bucket: bucket, ExpectedBucketOwner: target.account };
  try {
    await s3.send(new DeleteBucketCommand(where));
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket') return;
    if (error instanceof Error && error.name === 'BucketNotEmpty') await refuseWhileHeld(clients, target, bucket);
    await callAws('s3:DeleteBucket', () => Promise.reject(error), { otherwise: 'HGR-701' });
  }
}

async function refuseWhileHeld(
  clients: AwsClients,
  target: { account: string; region: string },
  bucket: string,
): Promise<void> {
  const held = await heldDeployments(s3StateStore(clients, target));
  if (held.length === 0) return;
  throw new HangarError(
    'HGR-703',
    `the state bucket still holds ${held.length === 1 ? 'a deployment' : 'deployments'}: ${held.join(', ')}`,
    {
      resource: bucket,
      next: 'Destroy them first: `hangar destroy NAME`.',
    },
  );
}
