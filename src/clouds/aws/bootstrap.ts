import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { HangarError } from '../../errors/HangarError.js';
import type { StepOutputs } from '../../graph/StepOutputs.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { findStateBucket } from './findStateBucket.js';
import { guardStateBucket } from './guardStateBucket.js';
import { stateBucket } from './stateBucket.js';
import { type StateStack, stateStack } from './stateStack.js';
import { stateStackTemplate, stateStackVersion } from './stateStackTemplate.js';

/** Each round ends in a good stack, an error or a change that somebody else made at the same time. */
const rounds = 6;
const usable = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/;
/** A failed creation or deletion, or a change set nobody executed: nothing in such a stack is worth keeping. */
const dead = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED|REVIEW_IN_PROGRESS)$/;

/**
 * Makes the state bucket by a CloudFormation stack, or finds it. Safe to repeat, to interrupt and to run twice at once:
 * every round looks at what is there now.
 * @throws HGR-313 when a bucket of that name is there and is not Hangar's, HGR-701 when CloudFormation fails
 */
export async function bootstrap(
  clients: AwsClients,
  target: { account: string; region: string },
  signal?: AbortSignal,
): Promise<StepOutputs['bootstrap']> {
  const bucket = stateBucket(target);
  const template = stateStackTemplate(bucket, target.region);
  const stack = stateStack(clients, target.region);
  for (let round = 0; round < rounds; round++) {
    const found = await stack.settled(signal);
    if (!found) {
      await makeStack(clients, target, stack, template, signal);
    } else if (dead.test(found.status)) {
      await stack.delete(found, signal);
    } else if (!usable.test(found.status)) {
      throw new HangarError('HGR-701', `the stack hangar-state is ${found.status}`, {
        resource: found.id,
        next: 'Finish its rollback in the CloudFormation console ("Continue update rollback") and repeat.',
      });
    } else {
      const owner = await findStateBucket(clients, target);
      if (owner === 'foreign') {
        throw new HangarError('HGR-207', `the credentials may not read the state bucket ${bucket}`, {
          resource: bucket,
          next: 'Allow s3:ListBucket and s3:GetBucketTagging on it (docs/permissions.md) and repeat.',
        });
      }
      if (owner === 'absent') {
        await stack.delete(found, signal);
      } else if (found.version < stateStackVersion) {
        await stack.update(template, signal);
      } else {
        await guardStateBucket(clients, target);
        return { state_bucket: bucket, state_region: target.region };
      }
    }
  }
  throw new HangarError('HGR-701', 'the stack hangar-state kept changing while it was being made', {
    resource: bucket,
    next: 'Wait until nobody else makes or deletes it, and repeat.',
  });
}

async function makeStack(
  clients: AwsClients,
  target: { account: string; region: string },
  stack: StateStack,
  template: string,
  signal?: AbortSignal,
): Promise<void> {
  const bucket = stateBucket(target);
  const owner = await findStateBucket(clients, target);
  if (owner === 'absent') {
    await stack.create(template, signal);
  } else if (owner === 'ours') {
    // The bucket of a stack that somebody else began since we looked: the next round takes that one.
    if (await stack.settled(signal)) return;
    // A stack cannot take over a policy that is there; it sets its own a moment later.
    const where = { Bucket: bucket, ExpectedBucketOwner: target.account };
    await callAws(
      's3:DeleteBucketPolicy',
      () => clients(S3Client, target.region).send(new DeleteBucketPolicyCommand(where)),
      {
        otherwise: 'HGR-701',
      },
    );
    await stack.adopt(template, signal);
  } else {
    throw new HangarError(
      'HGR-313',
      owner === 'untagged'
        ? `a bucket ${bucket} is there that Hangar has not made`
        : `the bucket name ${bucket} is in use by another account, or the credentials may not read the bucket`,
      {
        resource: bucket,
        next:
          owner === 'untagged'
            ? `Remove the bucket, or hand it to Hangar with the tag hangar:state=true, and repeat.`
            : "Check the permissions on it; if it is another account's, use another region.",
      },
    );
  }
}
