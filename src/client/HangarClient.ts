import type { Client, Connection } from '@temporalio/client';
import type { Settings } from '../settings/Settings.js';

/** A connection to Temporal, as every verb of the client takes it. */
export interface HangarClient {
  readonly temporal: Client;
  readonly connection: Connection;
  readonly settings: Settings;
  close(): Promise<void>;
}

/** A workflow that was started, or that was found running. */
export interface StartedWorkflow {
  readonly workflowId: string;
  readonly runId: string;
  /** The deployment it works on. */
  readonly name: string;
}
