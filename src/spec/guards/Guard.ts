import type { ErrorCode } from '../../errors/errorCodes.js';
import type { DeploymentSpec } from '../DeploymentSpec.js';
import type { SpecPath } from '../SpecPath.js';

/** A mistake in the file. */
export interface SpecProblem {
  /** Reads on from the path: `must be …`. */
  readonly message: string;
  /** With dots, as `network.cidr`; in parts where a key may hold a dot itself. */
  readonly path: string | SpecPath;
  /** What was most likely meant. */
  readonly suggestion?: string;
  /** The code of the error when all its problems have this one. Default: HGR-102. */
  readonly code?: ErrorCode;
}

/** Finds mistakes of one concern in a file whose every key is right by itself. */
export type Guard = (spec: DeploymentSpec, given: Given) => SpecProblem[];

/** Whether the file itself names a key, as `network.cidr`, rather than leaving it to its default. */
export type Given = (path: string) => boolean;
