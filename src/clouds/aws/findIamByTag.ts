import {
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  ListPolicyTagsCommand,
  ListRoleTagsCommand,
  paginateListPolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import type { TaggedResource } from '../Cloud.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { taggedResource } from './hangarTags.js';

const absent = ['NoSuchEntity', 'NoSuchEntityException'];

/**
 * IAM roles, policies and OIDC providers that carry Hangar's tag. IAM lists them without their tags and for all regions,
 * so only those whose name or URL is of the region are looked at: `hangar-<deployment>-<region>-…`, `oidc.eks.<region>.…`.
 */
export async function findIamByTag(
  clients: AwsClients,
  region: string,
  deployment?: string,
): Promise<TaggedResource[]> {
  const iam = clients(IAMClient, region);
  const prefix = deployment === undefined ? 'hangar-' : `hangar-${deployment}-`;
  const ours = (name = '') => name.startsWith(prefix) && name.includes(`-${region}`);
  const found: (TaggedResource | undefined)[] = [];

  const roles = await callAws('iam:ListRoles', async () => {
    const all: { name: string; arn: string | undefined }[] = [];
    for await (const page of paginateListRoles({ client: iam }, {})) {
      for (const { RoleName, Arn } of page.Roles ?? []) if (ours(RoleName)) all.push({ name: RoleName!, arn: Arn });
    }
    return all;
  });
  for (const { name, arn } of roles) {
    const tags = await callAws('iam:ListRoleTags', () => iam.send(new ListRoleTagsCommand({ RoleName: name })), {
      absent,
    });
    found.push(taggedResource(arn, tags?.Tags, deployment));
  }

  const policies = await callAws('iam:ListPolicies', async () => {
    const all: string[] = [];
    for await (const page of paginateListPolicies({ client: iam }, { Scope: 'Local' })) {
      for (const { PolicyName, Arn } of page.Policies ?? []) if (Arn && ours(PolicyName)) all.push(Arn);
    }
    return all;
  });
  for (const PolicyArn of policies) {
    const tags = await callAws('iam:ListPolicyTags', () => iam.send(new ListPolicyTagsCommand({ PolicyArn })), {
      absent,
    });
    found.push(taggedResource(PolicyArn, tags?.Tags, deployment));
  }

  const providers = await callAws('iam:ListOpenIDConnectProviders', () =>
    iam.send(new ListOpenIDConnectProvidersCommand({})),
  );
  for (const { Arn } of providers.OpenIDConnectProviderList ?? []) {
    if (!Arn?.includes(`.${region}.`)) continue;
    const tags = await callAws(
      'iam:ListOpenIDConnectProviderTags',
      () => iam.send(new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn: Arn })),
      { absent },
    );
    found.push(taggedResource(Arn, tags?.Tags, deployment));
  }
  return found.filter((resource) => resource !== undefined);
}
