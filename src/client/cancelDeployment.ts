import { HangarError } from '../errors/HangarError.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import type { HangarClient } from './HangarClient.js';
import { describeWorkflow } from './readStatus.js';
import { temporalError } from './temporalError.js';

/**
 * Asks the running work on a deployment to stop and returns at once: a creation rolls back (unless `onFailure: keep`), a
 * destruction stops where it is. {@link watchDeployment} waits for it.
 * @throws HangarError HGR-604 where nothing is running, HGR-601
 */
export async function cancelDeployment(client: HangarClient, name: string): Promise<void> {
  const handle = client.temporal.workflow.getHandle(deploymentWorkflowId(name));
  const description = await describeWorkflow(client, handle);
  // The server takes a cancellation of a closed workflow without a word.
  if (description?.status.name !== 'RUNNING') throw nothingRuns(name);
  try {
    await handle.cancel();
  } catch (error) {
    throw temporalError(error, client.settings);
  }
}

function nothingRuns(name: string): HangarError {
  return new HangarError('HGR-604', `Nothing is running for ${name}, so there is nothing to cancel.`, {
    resource: name,
    next: `See how it stands with \`hangar status ${name}\`.`,
  });
}
