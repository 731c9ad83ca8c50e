import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { removeRecords, writeRecords } from '../../../src/clouds/aws/records.js';
import type { StepOutputs } from '../../../src/graph/StepOutputs.js';
import { type MotoServer, region, startMotoServer } from './motoServer.js';

const spec = { name: 'research', region };
let moto: MotoServer;
let clients: AwsClients;
let route53: Route53Client;
let dns: StepOutputs['dns'];

beforeAll(async () => {
  moto = await startMotoServer();
  clients = awsClients();
  route53 = clients(Route53Client, region);
});
afterAll(() => moto?.stop());
beforeEach(async () => {
  await moto.reset();
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }),
  );
  dns = {
    domain: 'flyte.example.com',
    zone_id: HostedZone!.Id!.replace('/hostedzone/', ''),
    zone_name: 'example.com',
    name_servers: [],
    certificate_id: null,
  };
});

async function records() {
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: dns.zone_id! }),
  );
  return ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(
    ({ Name, Type, ResourceRecords, AliasTarget }) =>
      `${Name} ${Type} ${AliasTarget?.DNSName ?? ResourceRecords?.[0]?.Value}`,
  );
}

async function makeLoadBalancer(): Promise<string> {
  const ec2 = clients(EC2Client, region);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const subnet = async (index: number, zone: string) => {
    const place = { CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: region + zone };
    return (await ec2.send(new CreateSubnetCommand({ VpcId: Vpc!.VpcId, ...place }))).Subnet!.SubnetId!;
  };
  const Subnets = [await subnet(0, 'a'), await subnet(1, 'b')];
  const elb = clients(ElasticLoadBalancingV2Client, region);
  const made = await elb.send(new CreateLoadBalancerCommand({ Name: 'flyte', Subnets }));
  return made.LoadBalancers![0]!.DNSName!;
}

describe('records', () => {
  it('points the domain at a load balancer of the account by an alias, and goes away again', async () => {
    const balancer = await makeLoadBalancer();
    expect(await writeRecords(clients, spec, dns, balancer)).toEqual(['flyte.example.com']);
    const written = await records();
    expect(written.sort()).toEqual([
      '_hangar.flyte.example.com. TXT "heritage=hangar,deployment=research"',
      expect.stringContaining(`flyte.example.com. A ${balancer}`),
    ]);
    await writeRecords(clients, spec, dns, balancer);
    expect((await records()).sort()).toEqual(written);
    expect(await removeRecords(clients, spec, dns)).toEqual(['flyte.example.com']);
    expect(await records()).toEqual([]);
    expect(await removeRecords(clients, spec, dns)).toEqual([]);
  });

  it('follows a load balancer that has changed its kind', async () => {
    await writeRecords(clients, spec, dns, 'lb.elsewhere.net');
    await writeRecords(clients, spec, dns, '192.0.2.7');
    expect(await records()).toContain('flyte.example.com. A 192.0.2.7');
    expect(await records()).toHaveLength(2);
  });

  it('touches no record that somebody else has made', async () => {
    const ResourceRecordSet = {
      Name: 'flyte.example.com',
      Type: 'A' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    };
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: dns.zone_id!,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    );
    await expect(writeRecords(clients, spec, dns, '192.0.2.7')).rejects.toMatchObject({ code: 'HGR-313' });
    expect(await removeRecords(clients, spec, dns)).toEqual([]);
    expect(await records()).toEqual(['flyte.example.com. A 192.0.2.1']);
  });

  it('has nothing to do without a domain, or when the zone is gone', async () => {
    const none = { ...dns, domain: null, zone_id: null, zone_name: null };
    expect(await writeRecords(clients, spec, none, '192.0.2.7')).toEqual([]);
    await route53.send(new DeleteHostedZoneCommand({ Id: dns.zone_id! }));
    expect(await removeRecords(clients, spec, dns)).toEqual([]);
  });
});
