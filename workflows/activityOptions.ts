import { ActivityCancellationType, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/Activities.js';
import type { Step, StepKind } from '../src/graph/Step.js';

const minute = 60_000;

/**
 * How long one attempt of a step may take (its typical time times `patience`, at least `leastMinutes`) and how often it
 * is tried, by what does the work. Only errors that the code's table calls retryable are tried again.
 */
const limits: Record<StepKind, { patience: number; leastMinutes: number; attempts: number; unmakeAttempts: number }> = {
  // The AWS provider itself waits up to 60 minutes for a cluster's control plane, 120 for Aurora.
  terraform: { patience: 6, leastMinutes: 60, attempts: 6, unmakeAttempts: 6 },
  // Unmaking in a cluster is tried less: when its API is gone, removing the cluster removes what is in it.
  helm: { patience: 6, leastMinutes: 20, attempts: 4, unmakeAttempts: 3 },
  kubernetes: { patience: 6, leastMinutes: 10, attempts: 6, unmakeAttempts: 3 },
  cloud: { patience: 6, leastMinutes: 15, attempts: 6, unmakeAttempts: 6 },
  checks: { patience: 6, leastMinutes: 20, attempts: 3, unmakeAttempts: 3 },
};

/** An activity beats every 3 s (activities/runActivity.ts): ten beats missed and its worker is taken for dead. */
const heartbeatTimeout = 30_000;

const backoff = { initialInterval: 5_000, backoffCoefficient: 2, maximumInterval: 2 * minute };

/**
 * Options of the activity that makes or unmakes a step. `lastTry` bounds it to one attempt, with one more for a worker
 * that died: for removing what a step that would not go away still holds.
 */
export function stepOptions(step: Step, direction: 'make' | 'unmake', lastTry = false): ActivityOptions {
  const { patience, leastMinutes, attempts, unmakeAttempts } = limits[step.kind];
  const maximumAttempts = lastTry ? 2 : direction === 'make' ? attempts : unmakeAttempts;
  return {
    activityId: `${direction}/${step.name}`,
    summary: `${direction} ${step.name}: ${step.title}`,
    startToCloseTimeout: Math.max(patience * step.typicalSeconds * 1000, leastMinutes * minute),
    heartbeatTimeout,
    retry: { ...backoff, maximumAttempts },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  };
}

/** The activity of a step, ready to be called. */
export function stepActivities(step: Step, direction: 'make' | 'unmake', lastTry = false): Activities {
  return proxyActivities<Activities>(stepOptions(step, direction, lastTry));
}

/** Looking at the world before and after the work. */
export const checks = proxyActivities<Pick<Activities, 'preflight' | 'loadManifest' | 'findLeftovers'>>({
  startToCloseTimeout: 10 * minute,
  heartbeatTimeout,
  retry: { ...backoff, maximumAttempts: 4 },
});

/** Plans only read, and somebody waits for them: few attempts. */
export const plans = proxyActivities<Pick<Activities, 'planTerraform'>>({
  startToCloseTimeout: 20 * minute,
  heartbeatTimeout,
  retry: { ...backoff, maximumAttempts: 3 },
});

/**
 * Writing the manifest: small calls that long steps must not hold up, so they go to the front of a busy queue. The state bucket
 * may be out of reach for a while, hence bounded by time, not by attempts.
 */
export const manifests = proxyActivities<Pick<Activities, 'saveManifest' | 'deleteManifest'>>({
  startToCloseTimeout: minute,
  scheduleToCloseTimeout: 60 * minute,
  retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: minute },
  priority: { priorityKey: 1 },
});
