import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { HangarError } from '../../errors/HangarError.js';
import type { StepOutputs } from '../../graph/StepOutputs.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { addressRecords, ownerRecord, recordChanges } from './recordChanges.js';

/** Route 53 usually has a change everywhere within 60 seconds. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html */
const syncPatienceMs = 180_000;
const syncPollMs = 5_000;

type Records = Pick<DeploymentSpec, 'name' | 'region'>;

/**
 * Points the deployment's domain at its load balancer and waits until Route 53 serves it. Marks the name as the
 * deployment's own by a TXT record, so that it never takes over a name that somebody else uses; safe to repeat.
 * @param loadBalancer the load balancer's host name or IPv4 address
 * @returns the names written; empty without a domain
 * @throws HGR-313 when the name has records that are not this deployment's, HGR-304 when Route 53 is not in sync in time
 */
export async function writeRecords(
  clients: AwsClients,
  spec: Records,
  dns: StepOutputs['dns'],
  loadBalancer: string,
): Promise<string[]> {
  if (!dns.domain || !dns.zone_id) return [];
  const { domain, zone_id: zone } = dns;
  const present = await recordsOf(clients, spec, zone, domain);
  const target = { name: loadBalancer, ...(await loadBalancerZone(clients, spec.region, loadBalancer)) };
  const wanted = addressRecords(domain, dns.zone_name, target);
  const changes = recordChanges(spec.name, domain, present, wanted);
  if (changes === 'taken') {
    throw new HangarError('HGR-313', `${domain} already has records that are not this deployment's`, {
      resource: domain,
      next: `Remove the records of ${domain} in zone ${zone}, or give the deployment another domain.`,
    });
  }
  await apply(clients, spec, zone, changes);
  return [domain];
}

/** Removes what {@link writeRecords} made, and nothing else; tolerates that it never ran or that the zone is gone. */
export async function removeRecords(clients: AwsClients, spec: Records, dns: StepOutputs['dns']): Promise<string[]> {
  if (!dns.domain || !dns.zone_id) return [];
  const present = await recordsOf(clients, spec, dns.zone_id, dns.domain);
  const changes = recordChanges(spec.name, dns.domain, present, []);
  if (changes === 'taken' || changes.length === 0) return [];
  await apply(clients, spec, dns.zone_id, changes);
  return [dns.domain];
}

/** The records at the domain's name and at its owner mark. */
async function recordsOf(
  clients: AwsClients,
  spec: Records,
  zone: string,
  domain: string,
): Promise<ResourceRecordSet[]> {
  const route53 = clients(Route53Client, spec.region);
  const owner = ownerRecord(spec.name, domain).Name;
  const at = async (name: string) => {
    const page = await callAws(
      'route53:ListResourceRecordSets',
      () =>
        route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name, MaxItems: 100 })),
      { absent: ['NoSuchHostedZone'] },
    );
    return (page?.ResourceRecordSets ?? []).filter((record) => record.Name === name || record.Name === `${name}.`);
  };
  return (await Promise.all([at(domain), at(owner)])).flat();
}

async function apply(clients: AwsClients, spec: Records, zone: string, Changes: Change[]): Promise<void> {
  if (Changes.length === 0) return;
  const route53 = clients(Route53Client, spec.region);
  const { ChangeInfo } = await callAws('route53:ChangeResourceRecordSets', () =>
    route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: { Comment: `hangar deployment ${spec.name}`, Changes },
      }),
    ),
  );
  for (const end = Date.now() + syncPatienceMs; ; await sleep(syncPollMs)) {
    if (ChangeInfo?.Status === 'INSYNC') return;
    const now = await callAws('route53:GetChange', () => route53.send(new GetChangeCommand({ Id: ChangeInfo?.Id })));
    if (now.ChangeInfo?.Status === 'INSYNC') return;
    if (Date.now() > end) {
      throw new HangarError('HGR-304', `Route 53 does not serve the records of zone ${zone} yet`, { resource: zone });
    }
  }
}

/** The hosted zone of a load balancer of this account, which an alias record needs; none for any other host. */
async function loadBalancerZone(
  clients: AwsClients,
  region: string,
  host: string,
): Promise<{ zone?: string; dualstack?: boolean }> {
  const elb = clients(ElasticLoadBalancingV2Client, region);
  let Marker: string | undefined;
  do {
    const page = await callAws('elasticloadbalancing:DescribeLoadBalancers', () =>
      elb.send(new DescribeLoadBalancersCommand({ Marker })),
    );
    const found = page.LoadBalancers?.find((balancer) => balancer.DNSName?.toLowerCase() === host.toLowerCase());
    if (found) return { zone: found.CanonicalHostedZoneId, dualstack: found.IpAddressType?.startsWith('dualstack') };
    Marker = page.NextMarker;
  } while (Marker);
  return {};
}
