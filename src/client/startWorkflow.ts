import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { HangarError } from '../errors/HangarError.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import type { HangarClient, StartedWorkflow } from './HangarClient.js';
import { temporalError } from './temporalError.js';

/** Workflow types that hold a deployment's mutex. */
export type DeploymentWorkflow = 'CreateFlyte' | 'DestroyFlyte';

/**
 * Starts a workflow under the deployment's mutex.
 * @throws HangarError HGR-603 when another workflow of the deployment is running, HGR-601
 */
export async function startWorkflow(
  client: HangarClient,
  type: DeploymentWorkflow,
  name: string,
  input: unknown,
  texts: Pick<WorkflowStartOptions, 'staticSummary' | 'staticDetails'>,
): Promise<StartedWorkflow> {
  const workflowId = deploymentWorkflowId(name);
  try {
    const handle = await client.temporal.workflow.start(type, {
      taskQueue: client.settings.taskQueue,
      workflowId,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      args: [input],
      ...texts,
    });
    return { workflowId, runId: handle.firstExecutionRunId, name };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw alreadyRunning(name, workflowId);
    throw temporalError(error, client.settings);
  }
}

function alreadyRunning(name: string, workflowId: string): HangarError {
  return new HangarError('HGR-603', `Another workflow works on ${name}: ${workflowId} is running.`, {
    resource: workflowId,
    next: `Watch it with \`hangar status ${name}\`, or stop it with \`hangar cancel ${name}\`.`,
  });
}
