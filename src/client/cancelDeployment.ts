import { WorkflowNotFoundError } from '@temporalio/client';
import { HangarError } from '../errors/HangarError.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import type { HangarClient } from './HangarClient.js';
import { temporalError } from './temporalError.js';

/**
 * Asks the running work on a deployment to stop and returns at once: a creation rolls back (unless `onFailure: keep`), a
 * destruction stops where it is. {@link watchDeployment} waits for it.
 * @throws HangarError HGR-604 where nothing is running, HGR-601
 */
export async function cancelDeployment(client: HangarClient, name: string): Promise<void> {
  try {
    await client.temporal.workflow.getHandle(deploymentWorkflowId(name)).cancel();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw temporalError(error, client.settings);
    throw new HangarError('HGR-604', `Nothing is running for ${name}, so there is nothing to cancel.`, {
      resource: name,
      next: `See how it stands with \`hangar status ${name}\`.`,
    });
  }
}
