import type { TaggedResource } from '../Cloud.js';

/** The tag that says which deployment a resource belongs to. */
export const deploymentTag = 'hangar:deployment';

type Tag = { Key?: string | undefined; Value?: string | undefined };

/** What Hangar's tags say of a resource; undefined when it carries none, or another deployment's. */
export function taggedResource(
  id: string | undefined,
  tags: readonly Tag[] | Record<string, string> | undefined,
  deployment?: string,
): TaggedResource | undefined {
  const byKey: Record<string, string> = Array.isArray(tags)
    ? Object.fromEntries((tags as readonly Tag[]).map(({ Key, Value }) => [Key ?? '', Value ?? '']))
    : { ...(tags as Record<string, string> | undefined) };
  const owner = byKey[deploymentTag];
  if (!id || !owner || (deployment !== undefined && owner !== deployment)) return undefined;
  return {
    id,
    tags: byKey,
    deployment: owner,
    ...(byKey['hangar:step'] ? { step: byKey['hangar:step'] } : {}),
    ...(byKey['hangar:expires'] ? { expires: byKey['hangar:expires'] } : {}),
  };
}
