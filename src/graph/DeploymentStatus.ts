import type { HangarErrorJson } from '../errors/HangarError.js';
import type { CloudName } from '../spec/DeploymentSpec.js';
import type { StepKind } from './Step.js';
import type { StepName } from './StepName.js';
import type { DeploymentOutputs } from './StepOutputs.js';
import type { Leftover, StepProgress } from './StepRequest.js';

/** What a deployment as a whole is doing or has become. */
export type DeploymentPhase =
  | 'checking'
  | 'creating'
  | 'rolling-back'
  | 'ready'
  | 'destroying'
  | 'gone'
  /** Failed and kept (`onFailure: keep`, or leftovers). */
  | 'failed';

export type StepState =
  | 'waiting'
  | 'running'
  | 'done'
  | 'failed'
  /** Not run, because something before it failed or the run was cancelled. */
  | 'skipped'
  | 'removing'
  | 'removed'
  /** Outlives the deployment on purpose (the state bucket). */
  | 'kept';

/** One step as it stands now. Times are ISO 8601. */
export interface StepStatus {
  name: StepName;
  kind: StepKind;
  title: string;
  state: StepState;
  /** Steps it waits for now, to be made or to be removed; empty once it has started. */
  waitsFor: StepName[];
  startedAt?: string;
  endedAt?: string;
  typicalSeconds: number;
  /** Counted from 1; 0 before it starts. */
  attempt: number;
  /** From the activity's heartbeat; filled in by the client, absent in the workflow's own answer. */
  progress?: StepProgress;
  changes?: { add: number; change: number; remove: number };
  toolSeconds?: number;
  error?: HangarErrorJson;
}

/** A deployment as it stands now: the answer to the query `status`, and what `hangar status --json` prints. */
export interface DeploymentStatus {
  name: string;
  cloud: CloudName;
  region: string;
  account: string;
  phase: DeploymentPhase;
  startedAt: string;
  endedAt?: string;
  steps: StepStatus[];
  outputs: DeploymentOutputs;
  /** The error that ended the work. */
  error?: HangarErrorJson;
  leftovers: Leftover[];
  /** `temporal`: live; `manifest`: read from the state bucket because Temporal knows nothing of it. */
  source?: 'temporal' | 'manifest';
}
