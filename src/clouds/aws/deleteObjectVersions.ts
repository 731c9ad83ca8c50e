import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';

/** DeleteObjects takes so many at once. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const atOnce = 1_000;

/**
 * Deletes objects below a prefix for good: every version and delete marker there was when it was called, none written since.
 * @param which keys to delete; default all
 * @throws the SDK's errors, and an Error naming the first object that S3 would not delete
 */
export async function deleteObjectVersions(
  s3: S3Client,
  where: { Bucket: string; ExpectedBucketOwner: string },
  prefix: string,
  which: (key: string) => boolean = () => true,
): Promise<void> {
  const found: ObjectIdentifier[] = [];
  let after: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (after) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ ...where, Prefix: prefix, ...after }),
    );
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      if (Key && which(Key)) found.push({ Key, VersionId });
    }
    after = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  for (let start = 0; start < found.length; start += atOnce) {
    const answer = await s3.send(
      new DeleteObjectsCommand({ ...where, Delete: { Objects: found.slice(start, start + atOnce), Quiet: true } }),
    );
    const refused = answer.Errors?.[0];
    if (refused) {
      throw Object.assign(new Error(`${refused.Key}: ${refused.Message}`), { name: refused.Code ?? 'DeleteFailed' });
    }
  }
}
