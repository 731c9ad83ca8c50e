import { checkSpec } from './checkSpec.js';
import type { DeploymentSpec } from './DeploymentSpec.js';
import { specError } from './specError.js';

/**
 * Parses a deployment that is plain data already: a workflow's input, a program's object. Deterministic; evaluates no
 * code, so that workflows may call it.
 * @throws HangarError HGR-102 with every mistake (HGR-104 or HGR-105 when there is no other kind)
 */
export function parseSpec(value: unknown): DeploymentSpec {
  const checked = checkSpec(value);
  if (checked.problems === undefined) return checked.spec;
  throw specError(checked.problems, 'Correct the deployment; docs/deployment-file.md describes every key.');
}
