import { HangarError, type Problem } from '../errors/HangarError.js';
import { type CloudName, cloudNames } from './DeploymentSpec.js';
import { nearestWord } from './nearestWord.js';

/** What names one deployment in one account. */
export interface DeploymentKey {
  readonly name: string;
  readonly cloud: CloudName;
  readonly account: string;
  readonly region: string;
}

const keys = ['name', 'cloud', 'account', 'region'] as const;

/**
 * Checks what names a deployment.
 * @throws HangarError HGR-608 with all problems
 */
export function parseDeploymentKey(input: unknown): DeploymentKey {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const problems = [...keys.flatMap((key) => checkValue(key, given[key])), ...unknownKeys(given)];
  if (problems.length === 0) return given as unknown as DeploymentKey;
  const text = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new HangarError('HGR-608', `The input does not name a deployment: ${text}.`, {
    problems,
    next: 'Give name, cloud, account and region, as `hangar list --json` shows them.',
  });
}

function checkValue(path: string, value: unknown): Problem[] {
  if (value === undefined) return [{ path, message: 'is missing' }];
  if (typeof value !== 'string' || value === '') return [{ path, message: 'must be text' }];
  if (path !== 'cloud' || (cloudNames as readonly string[]).includes(value)) return [];
  return [{ path, message: `must be one of ${cloudNames.join(', ')}`, suggestion: nearestWord(value, cloudNames) }];
}

function unknownKeys(given: Record<string, unknown>): Problem[] {
  return Object.keys(given)
    .filter((key) => !(keys as readonly string[]).includes(key))
    .map((path) => ({ path, message: 'is not a known key', suggestion: nearestWord(path, keys) }));
}
