import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import type { StepName } from './StepName.js';
import type { DeploymentOutputs } from './StepOutputs.js';

/** What a step's activity is asked to do. Carries no secret: it is written to the workflow's history. */
export interface StepRequest {
  readonly spec: DeploymentSpec;
  readonly step: StepName;
  /** Outputs of the steps that stand. */
  readonly outputs: DeploymentOutputs;
  /** When the deployment's lifetime ends (ISO 8601), for the `hangar:expires` tag; absent without a lifetime. */
  readonly expires?: string;
}

/** What a step's activity reports when it is done. */
export interface StepReport {
  /** The outputs of the step; empty when unmade. */
  readonly outputs: Record<string, unknown>;
  readonly changes: { add: number; change: number; remove: number };
  /** Wall time spent inside terraform, helm or the cloud's API, in seconds; the rest of the activity's time is Hangar's own. */
  readonly toolSeconds: number;
  /** What could not be removed. Empty unless unmaking. */
  readonly leftovers: readonly Leftover[];
  /** Things worth telling that are not errors. */
  readonly notes?: readonly string[];
}

/** Something that is still there after it should be gone. */
export interface Leftover {
  readonly step: StepName | string;
  /** Terraform address, Kubernetes object or other name within the step. */
  readonly resource: string;
  /** The cloud's own id. */
  readonly id?: string;
  readonly reason: string;
}

/** Where an activity is: sent as its heartbeat, so it is seen live and by the next attempt. */
export interface StepProgress {
  /** `init`, `plan`, `apply`, `destroy`, `install`, `wait`, `check` … */
  readonly phase: string;
  /** Units finished and in all (resources, pods, checks), where known. */
  readonly done?: number;
  readonly total?: number;
  /** What is worked on now: up to five resources with the action and the seconds it has taken. */
  readonly current?: readonly { resource: string; action: string; seconds: number }[];
  /** What the work waits for, in words: `pod flyteadmin-x: ImagePullBackOff`. */
  readonly waitingFor?: string;
  /** The state lock this attempt holds; the next attempt may break it when this one is dead. */
  readonly lockId?: string;
}
