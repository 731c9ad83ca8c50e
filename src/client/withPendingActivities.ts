import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { fromFailure } from '../errors/fromFailure.js';
import type { DeploymentStatus, StepStatus } from '../graph/DeploymentStatus.js';
import type { StepProgress } from '../graph/StepRequest.js';

type PendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/**
 * Adds to each step at work what its activity told with its last heartbeat, how often it was tried, and what its last
 * attempt failed with. Activities carry their step in their id: `make/database` (workflows/activityOptions.ts).
 */
export function withPendingActivities(
  status: DeploymentStatus,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): DeploymentStatus {
  const pending = new Map((raw.pendingActivities ?? []).map((activity) => [stepOf(activity), activity]));
  const steps = status.steps.map((step) => {
    const activity = pending.get(step.name);
    return activity && (step.state === 'running' || step.state === 'removing') ? withActivity(step, activity) : step;
  });
  return { ...status, steps };
}

function stepOf({ activityId }: PendingActivity): string | undefined {
  return activityId?.split('/')[1];
}

function withActivity(step: StepStatus, { attempt, heartbeatDetails, lastFailure }: PendingActivity): StepStatus {
  const [payload] = heartbeatDetails?.payloads ?? [];
  return {
    ...step,
    attempt: attempt ?? step.attempt,
    ...(payload ? { progress: defaultPayloadConverter.fromPayload<StepProgress>(payload) } : {}),
    ...(lastFailure ? { error: fromFailure(plainFailure(lastFailure), step.name).toJSON() } : {}),
  };
}

/** A failure as the server tells it, in the form that fromFailure reads. */
function plainFailure(failure: NonNullable<PendingActivity['lastFailure']>): object {
  const { message, applicationFailureInfo, timeoutFailureInfo, canceledFailureInfo, cause } = failure;
  const details = (applicationFailureInfo?.details?.payloads ?? []).map((payload) =>
    defaultPayloadConverter.fromPayload(payload),
  );
  return {
    message,
    ...(applicationFailureInfo ? { type: applicationFailureInfo.type, details } : {}),
    ...(timeoutFailureInfo
      ? { name: 'TimeoutFailure', timeoutType: timeoutTypes[timeoutFailureInfo.timeoutType ?? 0] }
      : {}),
    ...(canceledFailureInfo ? { name: 'CancelledFailure' } : {}),
    ...(cause ? { cause: plainFailure(cause) } : {}),
  };
}

/** temporal.api.enums.v1.TimeoutType, in order. */
const timeoutTypes = [undefined, 'START_TO_CLOSE', 'SCHEDULE_TO_START', 'SCHEDULE_TO_CLOSE', 'HEARTBEAT'];
