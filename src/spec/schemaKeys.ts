import type { z } from 'zod';
import { deploymentSpec } from './DeploymentSpec.js';
import type { SpecPath } from './SpecPath.js';

/** The keys that the schema knows at a path, in its order; empty where any key may stand. */
export function schemaKeys(path: SpecPath): string[] {
  let schema: z.core.$ZodType | undefined = unwrap(deploymentSpec);
  for (const part of path) schema = child(schema, part);
  const def = schema?._zod.def as z.core.$ZodObjectDef | undefined;
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

function child(schema: z.core.$ZodType | undefined, part: string | number): z.core.$ZodType | undefined {
  const def = schema?._zod.def;
  if (def?.type === 'object') return unwrap((def as z.core.$ZodObjectDef).shape[part]);
  if (def?.type === 'array') return unwrap((def as z.core.$ZodArrayDef).element);
  return undefined;
}

/** Looks through optional, default and prefault. */
function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const inner = (schema?._zod.def as { innerType?: z.core.$ZodType } | undefined)?.innerType;
  return inner ? unwrap(inner) : schema;
}
