import { HangarError, type Problem } from '../src/errors/HangarError.js';
import type { DeploymentSpec, DeploymentSpecInput } from '../src/spec/DeploymentSpec.js';
import { type DeploymentKey, parseDeploymentKey } from '../src/spec/parseDeploymentKey.js';
import { parseSpec } from '../src/spec/parseSpec.js';

/** Input of CreateFlyte. */
export interface CreateFlyteInput {
  spec: DeploymentSpecInput;
  /**
   * Where a deployment of that name is there already, whole or left by a run that died: `refuse` (default) fails;
   * `resume` goes on from what stands, with the same spec.
   */
  onExisting?: 'refuse' | 'resume';
}

/** Input of DestroyFlyte. The rest is in the deployment's manifest. */
export interface DestroyFlyteInput extends DeploymentKey {
  /** Succeed where there is no such deployment. Default: false. */
  ifExists?: boolean;
}

/** Input of PlanFlyte. */
export interface PlanFlyteInput {
  spec: DeploymentSpecInput;
}

/** @throws HangarError HGR-608, or HGR-1xx with every mistake of the spec */
export function parseCreateFlyteInput(input: unknown): { spec: DeploymentSpec; onExisting: 'refuse' | 'resume' } {
  const { spec, onExisting = 'refuse' } = fields(input, ['spec', 'onExisting']);
  if (onExisting !== 'refuse' && onExisting !== 'resume') {
    throw wrongInput([{ path: 'onExisting', message: 'must be refuse or resume' }]);
  }
  return { spec: parseSpec(spec), onExisting };
}

/** @throws HangarError HGR-608 */
export function parseDestroyFlyteInput(input: unknown): { key: DeploymentKey; ifExists: boolean } {
  const { ifExists = false, ...key } = fields(input, ['name', 'cloud', 'account', 'region', 'ifExists']);
  if (typeof ifExists !== 'boolean') throw wrongInput([{ path: 'ifExists', message: 'must be true or false' }]);
  return { key: parseDeploymentKey(key), ifExists };
}

/** @throws HangarError HGR-608, or HGR-1xx with every mistake of the spec */
export function parsePlanFlyteInput(input: unknown): { spec: DeploymentSpec } {
  return { spec: parseSpec(fields(input, ['spec']).spec) };
}

function fields(input: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw wrongInput([{ message: `must be one JSON object with ${known.join(', ')}` }]);
  }
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    const problems = unknown.map((key) => ({ path: key, message: `unknown key; known are ${known.join(', ')}` }));
    throw wrongInput(problems);
  }
  return input as Record<string, unknown>;
}

function wrongInput(problems: Problem[]): HangarError {
  const text = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  return new HangarError('HGR-608', `The workflow's input is wrong: ${text}.`, {
    problems,
    next: 'Correct the input; docs/temporal.md shows one.',
  });
}
