import type { HangarErrorJson } from '../errors/HangarError.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import type { DeploymentPhase, StepState } from './DeploymentStatus.js';
import type { StepName } from './StepName.js';
import type { DeploymentOutputs, StepOutputs } from './StepOutputs.js';
import type { Leftover } from './StepRequest.js';

/**
 * `deployments/<name>/manifest.json` in the state bucket: with the states beside it and the tags on the resources it is
 * enough to list and destroy a deployment when Temporal's history is gone. Removed last, when nothing is left.
 */
export interface Manifest {
  manifestVersion: 1;
  name: string;
  spec: DeploymentSpec;
  phase: DeploymentPhase;
  createdAt: string;
  updatedAt: string;
  expires?: string;
  versions: { hangar: string; terraform?: string; helm?: string };
  /** The workflow run that wrote last. */
  workflow: { workflowId: string; runId: string };
  steps: Partial<Record<StepName, { state: StepState; startedAt?: string; endedAt?: string; error?: HangarErrorJson }>>;
  outputs: DeploymentOutputs;
  error?: HangarErrorJson;
  leftovers: Leftover[];
}

/** A change to a manifest; steps and outputs are merged by step, the rest replaces. */
export interface ManifestChange {
  spec: DeploymentSpec;
  phase?: DeploymentPhase;
  expires?: string;
  steps?: Manifest['steps'];
  outputs?: { [S in keyof StepOutputs]?: StepOutputs[S] | null };
  error?: HangarErrorJson | null;
  leftovers?: Leftover[];
}
