import type { CreateFlyteInput } from '../../workflows/inputs.js';
import { HangarError } from '../errors/HangarError.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import type { DeploymentSpecInput } from '../spec/DeploymentSpec.js';
import { parseSpec } from '../spec/parseSpec.js';
import type { HangarClient, StartedWorkflow } from './HangarClient.js';
import { startWorkflow } from './startWorkflow.js';
import { temporalError } from './temporalError.js';

/** How createFlyte treats what is there already. */
export interface CreateFlyteOptions extends CreateFlyteInput {
  /** Where a creation of this deployment is running, join it instead of failing. Default: false. */
  readonly attach?: boolean;
}

/**
 * Starts the creation of a deployment and returns at once; {@link watchDeployment} waits for it.
 * @returns the workflow, and whether it was running already
 * @throws HangarError HGR-1xx for the spec, HGR-603 when another workflow of the deployment is running, HGR-601
 */
export async function createFlyte(
  client: HangarClient,
  { spec, onExisting, attach = false }: CreateFlyteOptions,
): Promise<StartedWorkflow & { readonly attached: boolean }> {
  const { name, cloud, region, account } = parseSpec(spec satisfies DeploymentSpecInput);
  const input: CreateFlyteInput = { spec, ...(onExisting ? { onExisting } : {}) };
  const texts = {
    staticSummary: `Create ${name} on ${cloud}, ${region}`,
    staticDetails: `Creates the Flyte deployment **${name}** on ${cloud} in ${region}, account ${account}.`,
  };
  try {
    return { ...(await startWorkflow(client, 'CreateFlyte', name, input, texts)), attached: false };
  } catch (error) {
    const running = attach && error instanceof HangarError && error.code === 'HGR-603';
    const joined = running ? await runningCreation(client, name) : undefined;
    if (joined) return { ...joined, attached: true };
    throw error;
  }
}

/** The creation that is running; undefined where what runs is a destruction. */
async function runningCreation(client: HangarClient, name: string): Promise<StartedWorkflow | undefined> {
  const workflowId = deploymentWorkflowId(name);
  try {
    const { type, runId } = await client.temporal.workflow.getHandle(workflowId).describe();
    return type === 'CreateFlyte' ? { workflowId, runId, name } : undefined;
  } catch (error) {
    throw temporalError(error, client.settings);
  }
}
