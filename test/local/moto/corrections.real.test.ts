import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useMoto } from '../../support/localCloud.js';

const moto = useMoto();
const client = () => ({
  endpoint: moto.current.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  forcePathStyle: true,
});

describe('the emulator, put right', () => {
  it('gives each EKS cluster an issuer of its own', async () => {
    const eks = new EKSClient(client());
    const issuerOf = async (name: string) => {
      const roleArn = 'arn:aws:iam::123456789012:role/eks';
      const { cluster } = await eks.send(new CreateClusterCommand({ name, roleArn, resourcesVpcConfig: {} }));
      return cluster?.identity?.oidc?.issuer;
    };
    const [one, other] = [await issuerOf('one'), await issuerOf('other')];
    expect(one).toMatch(/^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
    expect(other).not.toBe(one);
  });

  it('does not take a TLS-only bucket policy for one that forbids everything, and heeds one that does', async () => {
    const s3 = new S3Client(client());
    await s3.send(new CreateBucketCommand({ Bucket: 'guarded' }));
    const write = () => s3.send(new PutObjectCommand({ Bucket: 'guarded', Key: 'key', Body: 'x' }));
    const deny = (more: object) =>
      s3.send(
        new PutBucketPolicyCommand({
          Bucket: 'guarded',
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::guarded/*', ...more },
            ],
          }),
        }),
      );
    await deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    await write();
    await deny({});
    await expect(write()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});
