import {
  CreateSecurityGroupCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { CreateDBClusterCommand, DescribeDBClusterSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds';
import { ChangeTagsForResourceCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { findByTag } from '../../../src/clouds/aws/findByTag.js';
import { findOrphans } from '../../../src/clouds/aws/findOrphans.js';
import { account, type MotoServer, region, startMotoServer, target } from './motoServer.js';

const ours = { 'hangar:deployment': 'research', 'hangar:step': 'network', 'hangar:expires': '2026-01-01T00:00:00Z' };
const tags = (map: Record<string, string>) => Object.entries(map).map(([Key, Value]) => ({ Key, Value }));
let moto: MotoServer;
let clients: AwsClients;
let ec2: EC2Client;

beforeAll(async () => {
  moto = await startMotoServer();
  clients = awsClients();
  ec2 = clients(EC2Client, region);
});
afterAll(() => moto?.stop());
beforeEach(() => moto.reset());

async function makeVpc(map: Record<string, string>): Promise<string> {
  const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: tags(map) }];
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }));
  return Vpc!.VpcId!;
}

describe('findByTag', () => {
  it('finds what the tagging API lists, and clusters, roles, providers and zones beside it', async () => {
    const vpc = await makeVpc(ours);
    await makeVpc({ ...ours, 'hangar:deployment': 'other' });
    await clients(SNSClient, region).send(new CreateTopicCommand({ Name: 'hangar-research-events', Tags: tags(ours) }));
    const eks = clients(EKSClient, region);
    const roleArn = `arn:aws:iam::${account}:role/eks`;
    await eks.send(new CreateClusterCommand({ name: 'hangar-research', roleArn, resourcesVpcConfig: {}, tags: ours }));
    await eks.send(
      new CreateNodegroupCommand({
        clusterName: 'hangar-research',
        nodegroupName: 'workers',
        nodeRole: roleArn,
        subnets: [],
        tags: ours,
      }),
    );
    const iam = clients(IAMClient, region);
    const role = (RoleName: string) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}', Tags: tags(ours) }));
    await role(`hangar-research-${region}-cluster`);
    await role('hangar-research-eu-west-1-cluster');
    const Url = `https://oidc.eks.${region}.amazonaws.com/id/1`;
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ThumbprintList: ['a'.repeat(40)], Tags: tags(ours) }));
    const route53 = clients(Route53Client, region);
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }),
    );
    const ResourceId = HostedZone!.Id!.replace('/hostedzone/', '');
    await route53.send(
      new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId, AddTags: tags(ours) }),
    );

    const found = await findByTag(clients, target, 'research');
    expect(found.map(({ id }) => id.replace(/[0-9a-f]{8}-[0-9a-f-]+$/, 'UUID'))).toEqual(
      [
        `arn:aws:ec2:${region}:${account}:vpc/${vpc}`,
        `arn:aws:eks:${region}:${account}:cluster/hangar-research`,
        `arn:aws:eks:${region}:${account}:nodegroup/hangar-research/workers/UUID`,
        `arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/1`,
        `arn:aws:iam::${account}:role/hangar-research-${region}-cluster`,
        `arn:aws:route53:::hostedzone/${ResourceId}`,
        `arn:aws:sns:${region}:${account}:hangar-research-events`,
      ].sort((one, other) => one.localeCompare(other)),
    );
    for (const resource of found) {
      expect(resource).toMatchObject({
        deployment: 'research',
        step: 'network',
        expires: '2026-01-01T00:00:00Z',
        tags: ours,
      });
    }
    const all = await findByTag(clients, target);
    expect(new Set(all.map(({ deployment }) => deployment))).toEqual(new Set(['research', 'other']));
  });

  it('finds more than a page', async () => {
    const sns = clients(SNSClient, region);
    for (let index = 0; index < 120; index++) {
      await sns.send(new CreateTopicCommand({ Name: `topic-${index}`, Tags: tags(ours) }));
    }
    expect(await findByTag(clients, target, 'research')).toHaveLength(120);
  });

  it('leaves out keys and secrets that wait for their deletion, and instances that are terminated', async () => {
    const kms = clients(KMSClient, region);
    const kmsTags = Object.entries(ours).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    const key = async () => (await kms.send(new CreateKeyCommand({ Tags: kmsTags }))).KeyMetadata!;
    const [kept, doomed] = [await key(), await key()];
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: doomed.KeyId! }));
    const secrets = clients(SecretsManagerClient, region);
    await secrets.send(new CreateSecretCommand({ Name: 'doomed', SecretString: 'x', Tags: tags(ours) }));
    await secrets.send(new DeleteSecretCommand({ SecretId: 'doomed' }));
    const { Images } = await ec2.send(new DescribeImagesCommand({}));
    const TagSpecifications = [{ ResourceType: 'instance' as const, Tags: tags(ours) }];
    const { Instances } = await ec2.send(
      new RunInstancesCommand({ ImageId: Images![0]!.ImageId, MinCount: 1, MaxCount: 1, TagSpecifications }),
    );
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [Instances![0]!.InstanceId!] }));
    expect((await findByTag(clients, target, 'research')).map(({ id }) => id)).toEqual([kept.Arn]);
  });

  it('counts a database, and its automated snapshots as parts of it', async () => {
    const rds = clients(RDSClient, region);
    await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'hangar-research',
        Engine: 'aurora-postgresql',
        MasterUsername: 'flyte',
        MasterUserPassword: 'not-a-real-one',
        CopyTagsToSnapshot: true,
        Tags: tags(ours),
      }),
    );
    const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
    expect(DBClusterSnapshots).toHaveLength(1);
    const found = await findByTag(clients, target, 'research');
    expect(found.map(({ id }) => id)).toEqual([`arn:aws:rds:${region}:${account}:cluster:hangar-research`]);
  });
});

describe('findOrphans', () => {
  it('finds what controllers made for this cluster, and not what terraform or EKS made', async () => {
    const mark = { 'kubernetes.io/cluster/hangar-research': 'owned' };
    const vpc = await makeVpc({ ...mark, ...ours });
    const volume = async (map: Record<string, string>) => {
      const TagSpecifications = [{ ResourceType: 'volume' as const, Tags: tags(map) }];
      const place = { AvailabilityZone: `${region}a`, Size: 1 };
      return (await ec2.send(new CreateVolumeCommand({ ...place, TagSpecifications }))).VolumeId!;
    };
    const group = async (GroupName: string, map: Record<string, string>) => {
      const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: tags(map) }];
      const facts = { GroupName, Description: GroupName, VpcId: vpc };
      return (await ec2.send(new CreateSecurityGroupCommand({ ...facts, TagSpecifications }))).GroupId!;
    };
    const claimed = await volume(mark);
    await volume({ 'kubernetes.io/cluster/hangar-other': 'owned' });
    await volume({ ...mark, ...ours });
    await group('eks-cluster-sg', { ...mark, 'aws:eks:cluster-name': 'hangar-research' });
    const balancer = await group('k8s-elb', { 'elbv2.k8s.aws/cluster': 'hangar-research' });
    const elb = clients(ElasticLoadBalancingV2Client, region);
    const target = async (Name: string, cluster: string) => {
      const facts = { Protocol: 'HTTP' as const, Port: 80, VpcId: vpc };
      const Tags = tags({ 'elbv2.k8s.aws/cluster': cluster });
      return (await elb.send(new CreateTargetGroupCommand({ Name, ...facts, Tags }))).TargetGroups![0]!.TargetGroupArn!;
    };
    const targets = await target('k8s-flyte', 'hangar-research');
    await target('k8s-other', 'hangar-other');

    const found = await findOrphans(clients, region, { clusterName: 'hangar-research' });
    expect(found.map(({ id }) => id).sort()).toEqual([claimed, balancer, targets].sort());
    for (const orphan of found)
      expect(orphan).toMatchObject({ step: 'platform', reason: expect.stringContaining('controller') });
  });

  it('counts only what is the deployment’s where the cluster is shared', async () => {
    const volume = async (map: Record<string, string>) => {
      const TagSpecifications = [
        { ResourceType: 'volume' as const, Tags: tags({ 'kubernetes.io/cluster/shared': 'owned', ...map }) },
      ];
      const place = { AvailabilityZone: `${region}a`, Size: 1 };
      return (await ec2.send(new CreateVolumeCommand({ ...place, TagSpecifications }))).VolumeId!;
    };
    const claim = 'kubernetes.io/created-for/pvc/namespace';
    const ours = [await volume({ [claim]: 'flyte' }), await volume({ 'ingress.k8s.aws/stack': 'research' })];
    ours.push(await volume({ 'service.k8s.aws/stack': 'flyte/flyteadmin' }));
    await volume({});
    await volume({ [claim]: 'shop' });
    await volume({ 'ingress.k8s.aws/stack': 'flyteworld' });
    const sharedWith = { deployment: 'research', namespace: 'flyte' };
    const found = await findOrphans(clients, region, { clusterName: 'shared', sharedWith });
    expect(found.map(({ id }) => id).sort()).toEqual(ours.sort());
  });
});
