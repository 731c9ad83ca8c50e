import { ListTagsForResourcesCommand, paginateListHostedZones, Route53Client } from '@aws-sdk/client-route-53';
import type { TaggedResource } from '../Cloud.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { taggedResource } from './hangarTags.js';

/** ListTagsForResources takes so many at once. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResources.html */
const atOnce = 10;

/** Route 53 zones that carry Hangar's tag. */
export async function findZonesByTag(
  clients: AwsClients,
  region: string,
  deployment?: string,
): Promise<TaggedResource[]> {
  const route53 = clients(Route53Client, region);
  const ids = await callAws('route53:ListHostedZones', async () => {
    const all: string[] = [];
    for await (const page of paginateListHostedZones({ client: route53 }, {})) {
      for (const { Id } of page.HostedZones ?? []) if (Id) all.push(Id.replace('/hostedzone/', ''));
    }
    return all;
  });
  const found: TaggedResource[] = [];
  for (let start = 0; start < ids.length; start += atOnce) {
    const ResourceIds = ids.slice(start, start + atOnce);
    const page = await callAws(
      'route53:ListTagsForResources',
      () => route53.send(new ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds })),
      { absent: ['NoSuchHostedZone'] },
    );
    for (const { ResourceId, Tags } of page?.ResourceTagSets ?? []) {
      const zone = taggedResource(ResourceId && `arn:aws:route53:::hostedzone/${ResourceId}`, Tags, deployment);
      if (zone) found.push(zone);
    }
  }
  return found;
}
