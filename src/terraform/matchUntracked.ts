import type { TaggedResource } from '../clouds/Cloud.js';
import { importId, importRules } from './importIds.js';
import type { PlannedChange } from './planSummary.js';
import type { StateResource } from './stateJson.js';

/** A resource that is there and the planned address it belongs to. */
export interface Adoption {
  readonly address: string;
  /** What terraform imports it by. */
  readonly id: string;
  /** The cloud's reference. */
  readonly reference: string;
}

/** Tags that may differ between two runs for the same resource. */
const passing = new Set(['hangar:expires']);

/** EC2's ids say their type, and the tagging API does not call every type as terraform does. */
const ec2Id = /^arn:[^:]+:ec2:[^:]*:\d*:[^/]+\/(.+)$/;

/** Resources of the cloud that the state does not know: neither by ARN nor by id. */
export function untracked(found: readonly TaggedResource[], state: readonly StateResource[]): TaggedResource[] {
  const references = new Set<unknown>();
  for (const { type, values } of state) {
    references
      .add(values.arn)
      .add(values.id)
      .add(`${type} ${String(values.id)}`);
  }
  references.delete(undefined);
  const known = (reference: string): boolean =>
    references.has(reference) ||
    // A log group is listed with and without `:*`.
    references.has(reference.replace(/:\*$/, '')) ||
    references.has(ec2Id.exec(reference)?.[1]) ||
    Object.keys(importRules).some((type) => {
      const id = importId(type, reference);
      return id !== undefined && references.has(`${type} ${id}`);
    });
  return found.filter(({ id }) => !known(id));
}

/**
 * Finds for what a plan would create the resource that is already there: of the same type, and of the name that is
 * configured or of exactly the same tags. Anything that is not one to one is left alone.
 */
export function matchUntracked(
  changes: readonly PlannedChange[],
  resources: readonly TaggedResource[],
): { adoptions: Adoption[]; unmatched: TaggedResource[] } {
  const creations = changes.filter(({ action }) => action === 'create');
  const pairs = resources.flatMap((resource) =>
    creations.filter((change) => belongs(resource, change)).map((change) => ({ resource, change })),
  );
  const adoptions: Adoption[] = [];
  const unmatched: TaggedResource[] = [];
  for (const resource of resources) {
    const candidates = pairs.filter((pair) => pair.resource === resource);
    const change = candidates[0]?.change;
    const id = change && importId(change.type, resource.id);
    if (candidates.length === 1 && change && id && pairs.filter((pair) => pair.change === change).length === 1) {
      adoptions.push({ address: change.address, id, reference: resource.id });
    } else {
      unmatched.push(resource);
    }
  }
  return { adoptions, unmatched };
}

function belongs(resource: TaggedResource, { type, after }: PlannedChange): boolean {
  const id = importId(type, resource.id);
  if (id === undefined) return false;
  const name = importRules[type]?.fromValues?.(after);
  // The name settles it; only without one do the tags.
  return name === undefined ? sameTags(after.tags_all, resource.tags) : name === id;
}

function sameTags(planned: unknown, actual: Readonly<Record<string, string>> | undefined): boolean {
  if (!planned || typeof planned !== 'object' || !actual) return false;
  const wanted = Object.entries(planned).filter(([key]) => !passing.has(key));
  const there = Object.entries(actual).filter(([key]) => !passing.has(key) && !key.startsWith('aws:'));
  return wanted.length === there.length && wanted.every(([key, value]) => actual[key] === value);
}
