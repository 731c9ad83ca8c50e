import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowCancellationType,
  executeChild,
  type ParentClosePolicy,
  setCurrentDetails,
  type Workflow,
  workflowInfo,
} from '@temporalio/workflow';
import { HangarError } from '../src/errors/HangarError.js';
import { deploymentWorkflowId } from '../src/graph/deploymentWorkflowId.js';
import { workflowFailure } from './workflowFailure.js';

/**
 * Holds the deployment's mutex, the workflow id `flyte/<name>`, while `work` runs. A workflow started under another id
 * runs the whole of itself as a child under that id and gives the child's result; cancelling it cancels the child and
 * waits for it. `parentClosePolicy` says what becomes of the child when this workflow is terminated instead.
 * @throws ApplicationFailure HGR-603 when the id is taken
 */
export async function asDeployment<T>(
  name: string,
  input: unknown,
  parentClosePolicy: ParentClosePolicy,
  work: () => Promise<T>,
): Promise<T> {
  const workflowId = deploymentWorkflowId(name);
  const info = workflowInfo();
  if (info.workflowId === workflowId) return await work();
  setCurrentDetails(`The work runs as workflow \`${workflowId}\`.`);
  try {
    return await executeChild<Workflow>(info.workflowType, {
      workflowId,
      args: [input],
      parentClosePolicy,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: `${info.workflowType} of ${name}`,
    });
  } catch (error) {
    throw workflowFailure(error instanceof WorkflowExecutionAlreadyStartedError ? taken(name, workflowId) : error);
  }
}

function taken(name: string, workflowId: string): HangarError {
  return new HangarError('HGR-603', `Another workflow works on ${name}: ${workflowId} is running.`, {
    resource: workflowId,
    next: `Wait for it (hangar status ${name} --watch) or cancel it (hangar cancel ${name}).`,
  });
}
