import type { Step } from '../src/graph/Step.js';
import type { DeploymentOutputs } from '../src/graph/StepOutputs.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import type { ManifestWriter } from './ManifestWriter.js';
import type { StatusTracker } from './StatusTracker.js';

/** One run of a workflow over a deployment's steps. */
export interface DeploymentRun {
  readonly spec: DeploymentSpec;
  readonly steps: readonly Step[];
  /** The last known outputs of every step; those of removed steps stay, for what is still to be removed. */
  readonly outputs: DeploymentOutputs;
  readonly expires?: string;
  readonly status: StatusTracker;
  readonly manifest: ManifestWriter;
}
