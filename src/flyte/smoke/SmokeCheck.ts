import type { Settings } from '../../settings/Settings.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { AdminClient } from '../adminClient.js';

/** What the checks look at. */
export interface SmokeContext {
  readonly spec: DeploymentSpec;
  readonly admin: AdminClient;
  /** Names this attempt: the same in a repetition of it, another in the next. Part of tasks' versions and executions' names. */
  readonly run: string;
  /** Version in the image tag of the FlyteAdmin that runs; undefined where the tag is none. */
  readonly deployedVersion: () => Promise<string | undefined>;
  /** What Flyte's namespaces for projects and domains lack; empty when nothing. */
  readonly namespaceProblems: () => Promise<readonly string[]>;
  /** `s3://name` */
  readonly bucketUrl: string;
  readonly settings: Pick<Settings, 'dnsServers' | 'caFile'>;
  readonly signal?: AbortSignal;
  /** Between two looks, in milliseconds; default 500. */
  readonly pollMs?: number;
}

/** One thing that a working Flyte does. */
export interface SmokeCheck {
  readonly name: string;
  /** How long it may take, in seconds. */
  readonly withinSeconds: number;
  /** Why it does not apply to this deployment; undefined where it does. */
  readonly skip?: (context: SmokeContext) => string | undefined;
  /** Resolves with what was seen; rejects with what is wrong. */
  readonly run: (context: SmokeContext) => Promise<string>;
  /** What to look at when it failed: a command. */
  readonly look: (context: SmokeContext) => string;
}
