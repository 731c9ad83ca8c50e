import type { ExecutionRequest, TaskRequest } from '../../src/flyte/adminClient.js';

export type TaskTemplate = NonNullable<NonNullable<TaskRequest['spec']>['template']>;
export type Literals = NonNullable<NonNullable<ExecutionRequest['inputs']>['literals']>;

export type Phase = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** An execution that the stand-in plays. */
export interface Execution {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  readonly template: TaskTemplate;
  readonly inputs: Literals;
  readonly createdAt: Date;
  phase: Phase;
  error?: string;
  endedAt?: Date;
  /** Where its outputs are. */
  outputsUri?: string;
}

export const hasEnded = ({ phase }: Execution): boolean => !['QUEUED', 'RUNNING'].includes(phase);
