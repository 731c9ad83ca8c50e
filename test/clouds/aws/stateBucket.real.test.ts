import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { bootstrap } from '../../../src/clouds/aws/bootstrap.js';
import { deleteBootstrap } from '../../../src/clouds/aws/deleteBootstrap.js';
import { s3StateStore } from '../../../src/clouds/aws/s3StateStore.js';
import { manifestKey, stateKey } from '../../../src/clouds/stateKeys.js';
import { account, type MotoServer, region, startMotoServer, target } from './motoServer.js';

const Bucket = `hangar-state-${account}-${region}`;
let moto: MotoServer;
let clients: AwsClients;

beforeAll(async () => {
  moto = await startMotoServer();
  clients = awsClients();
});
afterAll(() => moto?.stop());
beforeEach(() => moto.reset());

const s3 = () => clients(S3Client, region);
const stacks = () =>
  clients(CloudFormationClient, region).send(new DescribeStacksCommand({ StackName: 'hangar-state' }));

describe('bootstrap', () => {
  it('makes a versioned, encrypted, private bucket, and finds it again', async () => {
    const outputs = await bootstrap(clients, target);
    expect(outputs).toEqual({ state_bucket: Bucket, state_region: region });
    const [versioning, encryption, access] = await Promise.all([
      s3().send(new GetBucketVersioningCommand({ Bucket })),
      s3().send(new GetBucketEncryptionCommand({ Bucket })),
      s3().send(new GetPublicAccessBlockCommand({ Bucket })),
    ]);
    expect(versioning.Status).toBe('Enabled');
    expect(
      encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    ).toBe('AES256');
    expect(access.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });

    const first = (await stacks()).Stacks?.[0]?.StackId;
    await bootstrap(clients, target);
    expect((await stacks()).Stacks?.[0]?.StackId).toBe(first);
  });

  it('gives one bucket when run several times at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => bootstrap(clients, target)));
    expect(new Set(all.map((outputs) => outputs.state_bucket))).toEqual(new Set([Bucket]));
    await s3StateStore(clients, target).put('deployments/a/x', 'x');
  });

  it('turns versioning on again where somebody has suspended it', async () => {
    await bootstrap(clients, target);
    await s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    await bootstrap(clients, target);
    expect((await s3().send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  });

  it('refuses a bucket of that name that Hangar has not made', async () => {
    await s3().send(new CreateBucketCommand({ Bucket }));
    await expect(bootstrap(clients, target)).rejects.toMatchObject({ code: 'HGR-313', resource: Bucket });
  });

  it('brings a stack of an older template up to date', async () => {
    const TemplateBody = JSON.stringify({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        StateBucket: {
          Type: 'AWS::S3::Bucket',
          DeletionPolicy: 'Retain',
          Properties: { BucketName: Bucket, Tags: [{ Key: 'hangar:state', Value: 'true' }] },
        },
      },
    });
    await clients(CloudFormationClient, region).send(
      new CreateStackCommand({ StackName: 'hangar-state', TemplateBody }),
    );
    await bootstrap(clients, target);
    const stack = (await stacks()).Stacks?.[0];
    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stack?.Outputs).toContainEqual({ OutputKey: 'TemplateVersion', OutputValue: '1' });
  });
});

describe('deleteBootstrap', () => {
  it('says that there is nothing', async () => {
    await expect(deleteBootstrap(clients, target)).rejects.toMatchObject({ code: 'HGR-702' });
  });

  it.each([
    ['a manifest', manifestKey('research'), '{}'],
    [
      'a state that is not empty',
      stateKey('research', 'network'),
      JSON.stringify({ version: 4, resources: [{ mode: 'managed', type: 'aws_vpc', name: 'a', instances: [{}] }] }),
    ],
  ])('refuses while %s is in the bucket', async (_, key, body) => {
    await bootstrap(clients, target);
    await s3StateStore(clients, target).put(key, body);
    await expect(deleteBootstrap(clients, target)).rejects.toMatchObject({
      code: 'HGR-703',
      message: expect.stringContaining('research'),
    });
    expect(await s3StateStore(clients, target).get(key)).toBeDefined();
  });

  it('removes the bucket with old versions, delete markers and empty states in it, and the stack', async () => {
    await bootstrap(clients, target);
    const store = s3StateStore(clients, target);
    await store.put(stateKey('research', 'network'), JSON.stringify({ version: 4, resources: [] }));
    await store.put(manifestKey('research'), 'one');
    await store.put(manifestKey('research'), 'two');
    await store.delete(manifestKey('research'));
    await deleteBootstrap(clients, target);
    await expect(s3().send(new ListObjectVersionsCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(stacks()).rejects.toMatchObject({ message: expect.stringContaining('does not exist') });
    await expect(store.list('')).rejects.toMatchObject({ code: 'HGR-702' });

    await bootstrap(clients, target);
    expect(await store.list('')).toEqual([]);
  });
});

describe('s3StateStore', () => {
  it('keeps writers apart by version tags', async () => {
    await bootstrap(clients, target);
    const store = s3StateStore(clients, target);
    expect(await store.get('deployments/a/manifest.json')).toBeUndefined();
    const first = await store.put('deployments/a/manifest.json', 'grüß', { ifAbsent: true });
    await expect(store.put('deployments/a/manifest.json', '2', { ifAbsent: true })).rejects.toMatchObject({
      code: 'HGR-705',
    });
    const second = await store.put('deployments/a/manifest.json', '2', { ifMatch: first });
    await expect(store.put('deployments/a/manifest.json', '3', { ifMatch: first })).rejects.toMatchObject({
      code: 'HGR-705',
    });
    expect(await store.get('deployments/a/manifest.json')).toEqual({ body: '2', etag: second });
    await store.delete('deployments/a/manifest.json');
    await expect(store.put('deployments/a/manifest.json', '4', { ifMatch: second })).rejects.toMatchObject({
      code: 'HGR-705',
    });
  });

  it('deletes every version of one key and of no other', async () => {
    await bootstrap(clients, target);
    const store = s3StateStore(clients, target);
    await store.put('deployments/a/x', '1');
    await store.put('deployments/a/x', '2');
    await store.put('deployments/a/x.tflock', 'kept');
    await store.delete('deployments/a/x');
    await store.delete('deployments/a/x');
    expect(await store.list('deployments/')).toEqual(['deployments/a/x.tflock']);
    const { Versions = [], DeleteMarkers = [] } = await s3().send(new ListObjectVersionsCommand({ Bucket }));
    expect([...Versions, ...DeleteMarkers].map(({ Key }) => Key)).toEqual(['deployments/a/x.tflock']);
  });

  it('lists and deletes more than one page', async () => {
    await bootstrap(clients, target);
    const store = s3StateStore(clients, target);
    const keys = Array.from({ length: 1_050 }, (_, index) => `deployments/d${String(index).padStart(4, '0')}/x`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, 'x')));
    }
    expect(await store.list('deployments/')).toEqual(keys);
    await deleteBootstrap(clients, target);
    await expect(store.list('')).rejects.toMatchObject({ code: 'HGR-702' });
  });

  it('says that the bucket is not there, whatever is asked', async () => {
    const store = s3StateStore(clients, target);
    const calls = [() => store.get('k'), () => store.put('k', 'v'), () => store.delete('k'), () => store.list('')];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'HGR-702', resource: Bucket });
    }
  });
});
