import { randomUUID } from 'node:crypto';
import type { PlanFlyteInput } from '../../workflows/inputs.js';
import type { StepPlan } from '../graph/StepPlan.js';
import type { DeploymentSpecInput } from '../spec/DeploymentSpec.js';
import { parseSpec } from '../spec/parseSpec.js';
import { fromWorkflowFailure } from './fromWorkflowFailure.js';
import type { HangarClient } from './HangarClient.js';

/** A plan of a large deployment takes minutes; without a worker nobody would ever answer. */
const longestPlan = '30 minutes';

/**
 * What creating a deployment would do, step by step; makes nothing. Waits for the answer, 30 minutes at most.
 * @throws HangarError HGR-1xx for the spec, HGR-2xx from the checks of the cloud, HGR-3xx from terraform, HGR-601
 */
export async function planFlyte(
  client: HangarClient,
  { spec }: { readonly spec: DeploymentSpecInput },
): Promise<StepPlan[]> {
  const { name, cloud, region } = parseSpec(spec);
  const input: PlanFlyteInput = { spec };
  try {
    return await client.temporal.workflow.execute<(input: PlanFlyteInput) => Promise<StepPlan[]>>('PlanFlyte', {
      taskQueue: client.settings.taskQueue,
      workflowId: `plan/${name}/${randomUUID()}`,
      workflowExecutionTimeout: longestPlan,
      args: [input],
      staticSummary: `Plan ${name} on ${cloud}, ${region}`,
    });
  } catch (error) {
    throw fromWorkflowFailure(error, client.settings);
  }
}
