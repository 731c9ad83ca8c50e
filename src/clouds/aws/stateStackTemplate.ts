import { stateBucketPolicy } from './stateBucketPolicy.js';

/** Raised with every change of the template: an older Hangar leaves a newer stack as it is. */
export const stateStackVersion = 1;

/** Marks a bucket as Hangar's own. */
export const stateBucketTag = 'hangar:state';

/**
 * The CloudFormation template of the state stack: one bucket, encrypted, versioned, private, reached by TLS only.
 * Deleting the stack keeps the bucket, because it holds the only list of what exists; a creation that fails leaves none.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export function stateStackTemplate(bucket: string, region: string): string {
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Hangar: terraform states and manifests of the deployments in this account and region',
    Resources: {
      StateBucket: {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketName: bucket,
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          VersioningConfiguration: { Status: 'Enabled' },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          LifecycleConfiguration: {
            Rules: [
              {
                Id: 'old-versions',
                Status: 'Enabled',
                NoncurrentVersionExpiration: { NoncurrentDays: 90 },
                ExpiredObjectDeleteMarker: true,
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
              },
            ],
          },
          Tags: [{ Key: stateBucketTag, Value: 'true' }],
        },
      },
      StateBucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'StateBucket' },
          PolicyDocument: stateBucketPolicy(bucket, region),
        },
      },
    },
    Outputs: {
      BucketName: { Value: { Ref: 'StateBucket' } },
      TemplateVersion: { Value: String(stateStackVersion) },
    },
  });
}
