import { z } from 'zod';
import { HangarError } from '../errors/HangarError.js';

/** A resource that a terraform state says is there. */
export interface StateResource {
  /** Terraform address. */
  readonly address: string;
  /** The cloud's id: an ARN where there is one. */
  readonly id?: string;
}

const stateFile = z.object({
  version: z.literal(4),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({
            index_key: z.union([z.string(), z.number()]).optional(),
            attributes: z.record(z.string(), z.unknown()).nullish(),
          }),
        ),
      }),
    )
    .default([]),
});

/**
 * The managed resources in a terraform state (format version 4), by address; data sources are left out. Only ids are
 * taken from it: a state may hold secrets.
 * @throws HGR-704 when it is not such a state
 */
export function terraformStateResources(body: string, key: string): StateResource[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw unreadable(key);
  }
  const state = stateFile.safeParse(json);
  if (!state.success) throw unreadable(key);
  return state.data.resources
    .filter((resource) => resource.mode === 'managed')
    .flatMap((resource) =>
      resource.instances.map((instance) => {
        const base = `${resource.module ? `${resource.module}.` : ''}${resource.type}.${resource.name}`;
        const index = instance.index_key === undefined ? '' : `[${JSON.stringify(instance.index_key)}]`;
        const id = instance.attributes?.arn ?? instance.attributes?.id;
        return { address: `${base}${index}`, ...(typeof id === 'string' ? { id } : {}) };
      }),
    );
}

function unreadable(key: string): HangarError {
  return new HangarError('HGR-704', `${key} is not a terraform state`, {
    resource: key,
    next: 'Look at the object in the state bucket; an earlier version of it may be whole.',
  });
}
