import { AllocateAddressCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { ChangeTagsForResourceCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { preflight } from '../../../src/clouds/aws/preflight/preflight.js';
import { type DeploymentSpecInput, deploymentSpec } from '../../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';
import { account, type MotoServer, region, startMotoServer } from './motoServer.js';

let moto: MotoServer;
let clients: AwsClients;
let ec2: EC2Client;

beforeAll(async () => {
  moto = await startMotoServer();
});
afterAll(() => moto?.stop());
beforeEach(async () => {
  await moto.reset();
  clients = awsClients();
  ec2 = clients(EC2Client, region);
});

async function problems(more: Partial<DeploymentSpecInput> = {}) {
  const found = await preflight(clients, deploymentSpec.parse({ ...minimalSpec, ...more }));
  return found.map(({ code, message, next }) => {
    expect(next).toBeTruthy();
    return `${code} ${message}`;
  });
}

async function makeVpc(CidrBlock = '10.1.0.0/16'): Promise<string> {
  return (await ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc!.VpcId!;
}

async function makeSubnet(VpcId: string, index: number, zone: string, bits = 24): Promise<string> {
  const CidrBlock = `10.1.${index}.0/${bits}`;
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` }),
  );
  return Subnet!.SubnetId!;
}

async function makeNetwork() {
  const id = await makeVpc();
  const pair = async (start: number) => [await makeSubnet(id, start, 'a'), await makeSubnet(id, start + 1, 'b')];
  return { id, publicSubnets: await pair(0), privateSubnets: await pair(2), databaseSubnets: await pair(4) };
}

describe('preflight', () => {
  it('finds nothing in an empty account', async () => {
    expect(await problems()).toEqual([]);
  });

  it('refuses another account, and looks no further', async () => {
    expect(await problems({ account: '999999999999', bucket: { existing: { name: 'not-there' } } })).toEqual([
      expect.stringMatching(/^HGR-203 .*123456789012.*not to 999999999999/),
    ]);
  });

  it('tells everything in one go', async () => {
    const existing = {
      id: 'vpc-00000000',
      publicSubnets: ['a', 'b'],
      privateSubnets: ['a', 'b'],
      databaseSubnets: ['a', 'b'],
    };
    const found = await problems({
      domain: 'flyte.example.com',
      dns: { existing: { zone: 'Z0000000000000' } },
      network: { existing },
      cluster: { existing: { name: 'nowhere' } },
      bucket: { existing: { name: 'not-there' } },
    });
    expect(found.map((text) => text.slice(0, 7)).sort()).toEqual(['HGR-205', 'HGR-206', 'HGR-206', 'HGR-206']);
  });

  describe('zone', () => {
    const makeZone = async (Name: string) => {
      const { HostedZone } = await clients(Route53Client, region).send(
        new CreateHostedZoneCommand({ Name, CallerReference: Name + Math.random() }),
      );
      return HostedZone!.Id!.replace('/hostedzone/', '');
    };

    it('accepts the zone of the domain or one above it', async () => {
      for (const name of ['flyte.example.com', 'example.com']) {
        const zone = await makeZone(name);
        expect(await problems({ domain: 'flyte.example.com', dns: { existing: { zone } } })).toEqual([]);
      }
    });

    it('refuses a zone that the domain is not in', async () => {
      const zone = await makeZone('ample.com');
      expect(await problems({ domain: 'flyte.example.com', dns: { existing: { zone } } })).toEqual([
        `HGR-205 the domain flyte.example.com is not in the zone ${zone}, which is ample.com`,
      ]);
    });

    it('refuses to make a zone beside another of that name, unless it is its own', async () => {
      const ResourceId = await makeZone('flyte.example.com');
      expect(await problems({ domain: 'flyte.example.com' })).toEqual([expect.stringMatching(/^HGR-205 .*already/)]);
      await clients(Route53Client, region).send(
        new ChangeTagsForResourceCommand({
          ResourceType: 'hostedzone',
          ResourceId,
          AddTags: [{ Key: 'hangar:deployment', Value: 'research' }],
        }),
      );
      expect(await problems({ domain: 'flyte.example.com' })).toEqual([]);
      expect(await problems({ domain: 'other.example.com' })).toEqual([]);
    });
  });

  describe('network', () => {
    it('accepts one that fits', async () => {
      expect(await problems({ network: { existing: await makeNetwork() } })).toEqual([]);
    });

    it('refuses subnets that are missing, elsewhere, too small or in one zone', async () => {
      const existing = await makeNetwork();
      const other = await makeVpc('10.2.0.0/16');
      const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: other, CidrBlock: '10.2.0.0/24' }));
      const small = await makeSubnet(existing.id, 9, 'b', 29);
      const found = await problems({
        network: {
          existing: {
            ...existing,
            publicSubnets: [existing.publicSubnets[0]!, 'subnet-00000000'],
            privateSubnets: [existing.privateSubnets[0]!, Subnet!.SubnetId!, small],
            databaseSubnets: [existing.databaseSubnets[0]!, await makeSubnet(existing.id, 10, 'a')],
          },
        },
      });
      expect(found).toEqual([
        'HGR-206 the subnet subnet-00000000 is not there',
        `HGR-206 the subnet ${Subnet!.SubnetId} is in ${other}, not in ${existing.id}`,
        `HGR-206 the subnet ${small} has 3 addresses free, of 6 that are needed`,
        expect.stringMatching(/^HGR-206 the subnets .* are all in us-east-1a$/),
      ]);
    });
  });

  it('refuses a cluster that is in another network or without an OIDC provider', async () => {
    const existing = await makeNetwork();
    const elsewhere = await makeVpc('10.3.0.0/16');
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: elsewhere, CidrBlock: '10.3.0.0/24' }));
    await clients(EKSClient, region).send(
      new CreateClusterCommand({
        name: 'shared',
        roleArn: `arn:aws:iam::${account}:role/eks`,
        resourcesVpcConfig: { subnetIds: [Subnet!.SubnetId!] },
      }),
    );
    const found = await problems({ network: { existing }, cluster: { existing: { name: 'shared' } } });
    expect(found).toContainEqual(expect.stringMatching(/^HGR-206 the cluster shared has no IAM OIDC provider/));
  });

  it('refuses a bucket of another region', async () => {
    await clients(S3Client, 'eu-west-1').send(
      new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    await clients(S3Client, region).send(new CreateBucketCommand({ Bucket: 'near-by' }));
    expect(await problems({ bucket: { existing: { name: 'near-by' } } })).toEqual([]);
    expect(await problems({ bucket: { existing: { name: 'far-away' } } })).toEqual([
      'HGR-206 the bucket far-away is in eu-west-1, not in us-east-1',
    ]);
  });

  it('refuses when the quota of VPCs is used up, and not for what the deployment has already', async () => {
    for (let index = 10; index < 14; index++) await makeVpc(`10.${index}.0.0/16`);
    expect(await problems()).toEqual([expect.stringMatching(/^HGR-208 5 of 5 VPCs in us-east-1/)]);
    await moto.reset();
    const TagSpecifications = [
      { ResourceType: 'vpc' as const, Tags: [{ Key: 'hangar:deployment', Value: 'research' }] },
    ];
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', TagSpecifications }));
    for (let index = 10; index < 13; index++) await makeVpc(`10.${index}.0.0/16`);
    expect(await problems()).toEqual([]);
  });

  it('does not guess a quota that the account does not tell', async () => {
    for (let index = 0; index < 6; index++) await ec2.send(new AllocateAddressCommand({}));
    expect(await problems()).toEqual([]);
  });
});
