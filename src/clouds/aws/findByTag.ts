import {
  GetResourcesCommand,
  type GetResourcesCommandOutput,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedResource } from '../Cloud.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { findClustersByTag } from './findClustersByTag.js';
import { findIamByTag } from './findIamByTag.js';
import { findZonesByTag } from './findZonesByTag.js';
import { deploymentTag, taggedResource } from './hangarTags.js';
import { withoutDeleted } from './withoutDeleted.js';

/**
 * What carries a deployment's tag, or any deployment's: by the Resource Groups Tagging API, which lags behind by minutes,
 * and for what that does not list (IAM roles; zones in a region other than its own) by the services themselves.
 * What only waits for its deletion (keys, secrets) or is deleted and still listed (instances, NAT gateways) is left out.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export async function findByTag(
  clients: AwsClients,
  target: { region: string },
  deployment?: string,
): Promise<TaggedResource[]> {
  const [regional, ...others] = await Promise.all([
    taggingApi(clients, target.region, deployment).then((found) => withoutDeleted(clients, target.region, found)),
    findClustersByTag(clients, target.region, deployment),
    findIamByTag(clients, target.region, deployment),
    findZonesByTag(clients, target.region, deployment),
  ]);
  // Listed by themselves just now: what the tagging API remembers of these is older.
  const current = regional.filter(({ id }) => !/^arn:[^:]+:(eks|iam|route53):/.test(id) && !isAutomatedSnapshot(id));
  const byId = new Map([...current, ...others.flat()].map((resource) => [resource.id, resource]));
  return [...byId.values()].sort((one, other) => one.id.localeCompare(other.id));
}

/**
 * Part of a database, with a copy of its tags: it goes with the database and cannot be deleted before.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html
 */
function isAutomatedSnapshot(id: string): boolean {
  return /^arn:[^:]+:rds:[^:]*:[^:]*:(cluster-)?snapshot:rds:/.test(id);
}

async function taggingApi(clients: AwsClients, region: string, deployment?: string): Promise<TaggedResource[]> {
  const tagging = clients(ResourceGroupsTaggingAPIClient, region);
  const TagFilters = [{ Key: deploymentTag, ...(deployment === undefined ? {} : { Values: [deployment] }) }];
  const found: TaggedResource[] = [];
  let PaginationToken: string | undefined;
  do {
    const page: GetResourcesCommandOutput = await callAws('tag:GetResources', () =>
      tagging.send(new GetResourcesCommand({ TagFilters, PaginationToken })),
    );
    for (const { ResourceARN, Tags } of page.ResourceTagMappingList ?? []) {
      const resource = taggedResource(ResourceARN, Tags, deployment);
      if (resource) found.push(resource);
    }
    PaginationToken = page.PaginationToken || undefined;
  } while (PaginationToken);
  return found;
}
