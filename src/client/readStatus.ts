import {
  QueryNotRegisteredError,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { HangarClient } from './HangarClient.js';
import { temporalError } from './temporalError.js';
import { withPendingActivities } from './withPendingActivities.js';

/** A query is answered by a worker; without one it would wait. */
const queryTimeoutMs = 5_000;

/** A workflow as the server describes it; undefined where it knows none of that id. */
export async function describeWorkflow(
  client: HangarClient,
  handle: WorkflowHandle,
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw temporalError(error, client.settings);
  }
}

/**
 * The workflow's own answer to the query `status`; undefined where it has none: no worker answers in time, or the
 * workflow failed before it knew what it was about.
 */
export async function queryStatus(client: HangarClient, handle: WorkflowHandle): Promise<DeploymentStatus | undefined> {
  try {
    return await client.connection.withDeadline(Date.now() + queryTimeoutMs, () =>
      handle.query<DeploymentStatus>('status'),
    );
  } catch (error) {
    if (error instanceof QueryNotRegisteredError || error instanceof WorkflowNotFoundError) return undefined;
    if (isUnanswered(error)) return undefined;
    throw temporalError(error, client.settings);
  }
}

/** The workflow's answer completed by what only the server knows: heartbeats, attempts, and how the workflow closed. */
export function completeStatus(status: DeploymentStatus, description: WorkflowExecutionDescription): DeploymentStatus {
  const live = { ...status, source: 'temporal' as const };
  if (description.status.name === 'RUNNING') return withPendingActivities(live, description);
  return live.endedAt ? live : endedFromOutside(live, description);
}

/** Terminated or timed out: the workflow could not note its own end. */
function endedFromOutside(
  status: DeploymentStatus,
  { status: { name }, closeTime }: WorkflowExecutionDescription,
): DeploymentStatus {
  const how = name === 'TERMINATED' ? 'terminated' : name.toLowerCase().replaceAll('_', ' ');
  return {
    ...status,
    phase: 'failed',
    endedAt: closeTime?.toISOString(),
    steps: status.steps.map((step) => ({
      ...step,
      waitsFor: [],
      state: step.state === 'running' || step.state === 'removing' ? 'failed' : step.state,
    })),
    error: {
      code: 'HGR-607',
      message: `The workflow was ${how} while it worked, so nothing was rolled back.`,
      next: `Remove what stands with \`hangar destroy ${status.name}\`.`,
    },
  };
}

/** gRPC's codes for a query that no worker took in time. */
function isUnanswered(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as { code?: unknown };
  return code === 4 || code === 9;
}
