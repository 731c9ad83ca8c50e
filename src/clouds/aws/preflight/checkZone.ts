import {
  GetHostedZoneCommand,
  type HostedZone,
  ListHostedZonesByNameCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { callAws } from '../callAws.js';
import { taggedResource } from '../hangarTags.js';

/**
 * The domain has a zone of ours: the one given is in the account, public and above the domain; or one can be made, because
 * no other zone of that name is there that resolvers might ask instead. The deployment's own zone, left by a creation that
 * is taken up again, is no other.
 */
export async function checkZone(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  if (!spec.domain) return [];
  const route53 = clients(Route53Client, spec.region);
  return spec.dns.existing
    ? checkGivenZone(route53, spec.dns.existing.zone, spec.domain)
    : checkNoOtherZone(route53, spec.name, spec.domain);
}

async function checkGivenZone(route53: Route53Client, Id: string, domain: string): Promise<HangarError[]> {
  const answer = await callAws('route53:GetHostedZone', () => route53.send(new GetHostedZoneCommand({ Id })), {
    absent: ['NoSuchHostedZone', 'InvalidInput'],
  });
  const zone = answer?.HostedZone;
  if (!zone)
    return [
      refusal(
        `the zone ${Id} is not in this account`,
        'Give the id of a zone that `aws route53 list-hosted-zones` shows.',
      ),
    ];
  const name = plain(zone.Name);
  const problems: HangarError[] = [];
  if (zone.Config?.PrivateZone) {
    problems.push(
      refusal(
        `the zone ${Id} is private: neither people nor the certificate's check can see it`,
        'Give a public zone.',
      ),
    );
  }
  if (domain !== name && !domain.endsWith(`.${name}`)) {
    problems.push(
      refusal(
        `the domain ${domain} is not in the zone ${Id}, which is ${name}`,
        `Use a domain below ${name}, or another zone.`,
      ),
    );
  }
  return problems;
}

async function checkNoOtherZone(route53: Route53Client, deployment: string, domain: string): Promise<HangarError[]> {
  const page = await callAws('route53:ListHostedZonesByName', () =>
    route53.send(new ListHostedZonesByNameCommand({ DNSName: domain, MaxItems: 20 })),
  );
  const same = (page.HostedZones ?? []).filter((zone) => plain(zone.Name) === domain && !zone.Config?.PrivateZone);
  for (const zone of same) {
    if (await isOurs(route53, zone, deployment)) continue;
    const id = zone.Id?.replace('/hostedzone/', '');
    return [
      refusal(
        `there is a zone for ${domain} in this account already: ${id}`,
        `Use it: \`dns: { existing: { zone: ${id} } }\`, or remove it.`,
      ),
    ];
  }
  return [];
}

async function isOurs(route53: Route53Client, zone: HostedZone, deployment: string): Promise<boolean> {
  const ResourceId = zone.Id?.replace('/hostedzone/', '');
  const answer = await callAws('route53:ListTagsForResource', () =>
    route53.send(new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId })),
  );
  return taggedResource(ResourceId, answer.ResourceTagSet?.Tags, deployment) !== undefined;
}

function plain(name = ''): string {
  return name.replace(/\.$/, '').toLowerCase();
}

function refusal(message: string, next: string): HangarError {
  return new HangarError('HGR-205', message, { resource: 'dns.existing.zone', next });
}
