import type { DeploymentSpec } from './DeploymentSpec.js';
import { parseSpec } from './parseSpec.js';

/** Keys that say how Hangar works, not what is deployed: they may differ when a deployment is created again. */
const ofTheRun = new Set(['onFailure', 'database.deletionProtection']);

/**
 * The keys in which `wanted` describes another deployment than `standing`, as dotted paths. Defaults that a newer
 * version of Hangar added count as set in `standing`, which an older one may have written.
 */
export function specDifferences(standing: DeploymentSpec, wanted: DeploymentSpec): string[] {
  return differences(withDefaults(standing), wanted, '').filter((path) => !ofTheRun.has(path));
}

function withDefaults(spec: DeploymentSpec): DeploymentSpec {
  try {
    return parseSpec(spec);
  } catch {
    return spec;
  }
}

function differences(left: unknown, right: unknown, path: string): string[] {
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].flatMap((key) => differences(left[key], right[key], path ? `${path}.${key}` : key));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [path];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
