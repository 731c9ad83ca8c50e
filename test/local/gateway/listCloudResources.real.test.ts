import {
  AllocateAddressCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { listCloudResources } from '../../../local/gateway/listCloudResources.js';
import { useMoto } from '../../support/localCloud.js';

const moto = useMoto();
const client = () => ({
  endpoint: moto.current.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const list = () => listCloudResources(moto.current.endpoint);
const types = async () => [...new Set((await list()).map(({ type }) => type))];

describe('listCloudResources', () => {
  it('finds nothing in a new account, though every service has its defaults', async () => {
    const ec2 = new EC2Client(client());
    // The first call to a service makes the emulator's defaults: a network, parameter groups, managed policies.
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    expect(await list()).toEqual([]);
  });

  it('finds what is made, in any service, and no longer what is deleted', async () => {
    const ec2 = new EC2Client(client());
    const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
    const subnet = (await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.0.0.0/24' }))).Subnet!
      .SubnetId!;
    expect(await list()).toContainEqual({ type: 'ec2 VPC', id: vpc, region: 'us-east-1' });
    expect(await types()).toContain('ec2 Subnet');

    const s3 = new S3Client(client());
    await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
    const iam = new IAMClient(client());
    await iam.send(new CreateRoleCommand({ RoleName: 'kept', AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' }));
    const sqs = new SQSClient({ ...client(), region: 'eu-central-1' });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'kept' }));
    const found = await list();
    expect(found).toContainEqual(expect.objectContaining({ type: 's3 FakeBucket', id: 'kept' }));
    expect(found).toContainEqual(expect.objectContaining({ type: 'iam Role' }));
    expect(found).toContainEqual(expect.objectContaining({ type: 'sqs Queue', region: 'eu-central-1' }));

    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'kept' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'kept' }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }));
    await ec2.send(new DeleteVpcCommand({ VpcId: vpc }));
    expect(await list()).toEqual([]);
  });

  it('does not count a secret that only waits out its deletion period', async () => {
    const secrets = new SecretsManagerClient(client());
    await secrets.send(new CreateSecretCommand({ Name: 'going', SecretString: 'x' }));
    expect(await list()).toHaveLength(1);
    await secrets.send(new DeleteSecretCommand({ SecretId: 'going' }));
    expect(await list()).toEqual([]);
  });

  it('finds a database with its secret and snapshots, all of which go with it, and leaves out keys of AWS itself', async () => {
    const rds = new RDSClient(client());
    const cluster = { DBClusterIdentifier: 'kept', Engine: 'aurora-postgresql' };
    await rds.send(new CreateDBClusterCommand({ ...cluster, MasterUsername: 'flyte', ManageMasterUserPassword: true }));
    const instance = { ...cluster, DBInstanceIdentifier: 'kept-0', DBInstanceClass: 'db.t4g.medium' };
    await rds.send(new CreateDBInstanceCommand(instance));
    expect(await types()).toEqual(
      expect.arrayContaining(['rds DBCluster', 'rds DBInstanceClustered', 'secretsmanager FakeSecret']),
    );
    expect(await types()).not.toContain('kms Key');

    await rds.send(new DeleteDBInstanceCommand(instance));
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'kept', SkipFinalSnapshot: true }));
    expect(await list()).toEqual([]);
  });

  it('does not count the keys of a session', async () => {
    const iam = new IAMClient(client());
    await iam.send(new CreateRoleCommand({ RoleName: 'worn', AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' }));
    const sts = new STSClient(client());
    await sts.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/worn', RoleSessionName: 'session' }),
    );
    await iam.send(new DeleteRoleCommand({ RoleName: 'worn' }));
    expect(await list()).toEqual([]);
  });

  it('says when nothing answers', async () => {
    await expect(listCloudResources('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'HGR-805' });
  });
});
