import {
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeTagsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { TaggedResource } from '../Cloud.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';

/** Filters take at most 200 values. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html */
const atOnce = 200;

/** The resources without those that are deleted, or scheduled to be, and that the tagging API lists all the same. */
export async function withoutDeleted(
  clients: AwsClients,
  region: string,
  resources: readonly TaggedResource[],
): Promise<TaggedResource[]> {
  const ec2Ids = resources.flatMap(({ id }) => (service(id) === 'ec2' ? [lastPart(id)] : []));
  const there = ec2Ids.length > 0 ? await existingInEc2(clients, region, ec2Ids) : new Set<string>();
  const kept = await Promise.all(
    resources.map(async ({ id }) => {
      if (service(id) === 'ec2') return there.has(lastPart(id));
      if (service(id) === 'kms' && id.includes(':key/')) return keyIsThere(clients, region, id);
      if (service(id) === 'secretsmanager') return secretIsThere(clients, region, id);
      return true;
    }),
  );
  return resources.filter((_, index) => kept[index]);
}

/** Instances keep their tags for an hour after they are terminated, NAT gateways too; everything else loses them at once. */
async function existingInEc2(clients: AwsClients, region: string, ids: readonly string[]): Promise<Set<string>> {
  const ec2 = clients(EC2Client, region);
  const there = new Set<string>();
  for (let start = 0; start < ids.length; start += atOnce) {
    const Filters = [{ Name: 'resource-id', Values: ids.slice(start, start + atOnce) }];
    let NextToken: string | undefined;
    do {
      const page = await callAws('ec2:DescribeTags', () => ec2.send(new DescribeTagsCommand({ Filters, NextToken })));
      for (const { ResourceId } of page.Tags ?? []) if (ResourceId) there.add(ResourceId);
      NextToken = page.NextToken;
    } while (NextToken);
  }
  const chosen = (prefix: string) => [...there].filter((id) => id.startsWith(prefix));
  const instances = chosen('i-');
  if (instances.length > 0) {
    const { Reservations = [] } = await callAws('ec2:DescribeInstances', () =>
      ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: instances }] })),
    );
    const running = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
      ({ State }) => State?.Name !== 'terminated',
    );
    keepOnly(
      there,
      instances,
      running.map(({ InstanceId }) => InstanceId),
    );
  }
  const gateways = chosen('nat-');
  if (gateways.length > 0) {
    const { NatGateways = [] } = await callAws('ec2:DescribeNatGateways', () =>
      ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name: 'nat-gateway-id', Values: gateways }] })),
    );
    const standing = NatGateways.filter(({ State }) => State !== 'deleted');
    keepOnly(
      there,
      gateways,
      standing.map(({ NatGatewayId }) => NatGatewayId),
    );
  }
  return there;
}

function keepOnly(all: Set<string>, asked: readonly string[], kept: readonly (string | undefined)[]): void {
  for (const id of asked) if (!kept.includes(id)) all.delete(id);
}

async function keyIsThere(clients: AwsClients, region: string, KeyId: string): Promise<boolean> {
  const answer = await callAws(
    'kms:DescribeKey',
    () => clients(KMSClient, region).send(new DescribeKeyCommand({ KeyId })),
    {
      absent: ['NotFoundException'],
    },
  );
  return answer !== undefined && answer.KeyMetadata?.KeyState !== 'PendingDeletion';
}

async function secretIsThere(clients: AwsClients, region: string, SecretId: string): Promise<boolean> {
  const answer = await callAws(
    'secretsmanager:DescribeSecret',
    () => clients(SecretsManagerClient, region).send(new DescribeSecretCommand({ SecretId })),
    { absent: ['ResourceNotFoundException'] },
  );
  return answer !== undefined && answer.DeletedDate === undefined;
}

function service(arn: string): string {
  return arn.split(':')[2] ?? '';
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
