import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { HangarError } from '../../errors/HangarError.js';
import type { StateStore } from '../StateStore.js';
import type { AwsClients } from './awsClients.js';
import { classifyAwsError } from './classifyAwsError.js';
import { deleteObjectVersions } from './deleteObjectVersions.js';
import { stateBucket } from './stateBucket.js';

/**
 * The state bucket's objects. Writes are conditional where asked (If-Match, If-None-Match), and every request names the
 * owner it expects, so that a bucket of the same name in another account is refused.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3StateStore(clients: AwsClients, target: { account: string; region: string }): StateStore {
  const s3 = clients(S3Client, target.region);
  const where = { Bucket: stateBucket(target), ExpectedBucketOwner: target.account };

  return {
    async get(key) {
      try {
        const object = await s3.send(new GetObjectCommand({ ...where, Key: key }));
        return { body: (await object.Body?.transformToString('utf-8')) ?? '', etag: object.ETag ?? '' };
      } catch (error) {
        if (named(error, 'NoSuchKey')) return undefined;
        throw stateError(error, 's3:GetObject', where.Bucket, key);
      }
    },

    async put(key, body, condition = {}) {
      try {
        const written = await s3.send(
          new PutObjectCommand({
            ...where,
            Key: key,
            Body: body,
            ContentType: 'application/json',
            IfMatch: condition.ifMatch,
            IfNoneMatch: condition.ifAbsent ? '*' : undefined,
          }),
        );
        return written.ETag ?? '';
      } catch (error) {
        // NoSuchKey: If-Match on an object that is gone. 409: a delete or another write at the same moment.
        if (named(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) {
          throw new HangarError('HGR-705', `${key} was changed by another run`, { resource: key });
        }
        throw stateError(error, 's3:PutObject', where.Bucket, key);
      }
    },

    async delete(key) {
      try {
        await deleteObjectVersions(s3, where, key, (found) => found === key);
      } catch (error) {
        throw stateError(error, 's3:DeleteObject', where.Bucket, key);
      }
    },

    async list(prefix) {
      try {
        const keys: string[] = [];
        for await (const page of paginateListObjectsV2({ client: s3 }, { ...where, Prefix: prefix })) {
          for (const object of page.Contents ?? []) if (object.Key) keys.push(object.Key);
        }
        return keys.sort();
      } catch (error) {
        throw stateError(error, 's3:ListBucket', where.Bucket, prefix);
      }
    },
  };
}

function named(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

function stateError(error: unknown, action: string, bucket: string, key: string): HangarError {
  if (named(error, 'NoSuchBucket')) {
    return new HangarError('HGR-702', `the state bucket ${bucket} is not there`, {
      resource: bucket,
      next: 'Check account and region, or create a deployment: that makes the bucket.',
    });
  }
  const known = classifyAwsError(error, action, 'HGR-209');
  return new HangarError(known.code, known.message, { next: known.next, resource: `s3://${bucket}/${key}` });
}
