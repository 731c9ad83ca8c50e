import type { DestroyFlyteInput } from '../../workflows/inputs.js';
import { type DeploymentKey, parseDeploymentKey } from '../spec/parseDeploymentKey.js';
import type { HangarClient, StartedWorkflow } from './HangarClient.js';
import { startWorkflow } from './startWorkflow.js';

/**
 * Starts the destruction of a deployment and returns at once; {@link watchDeployment} waits for it. That there is no such
 * deployment is found by the workflow: HGR-604, or success with `ifExists`.
 * @throws HangarError HGR-608 for the key, HGR-603 when another workflow of the deployment is running, HGR-601
 */
export async function destroyFlyte(
  client: HangarClient,
  key: DeploymentKey,
  { ifExists = false }: { readonly ifExists?: boolean } = {},
): Promise<StartedWorkflow> {
  const { name, cloud, account, region } = parseDeploymentKey({
    name: key.name,
    cloud: key.cloud,
    account: key.account,
    region: key.region,
  });
  const input: DestroyFlyteInput = { name, cloud, account, region, ifExists };
  return await startWorkflow(client, 'DestroyFlyte', name, input, {
    staticSummary: `Destroy ${name} on ${cloud}, ${region}`,
    staticDetails: `Destroys the Flyte deployment **${name}** on ${cloud} in ${region}, account ${account}.`,
  });
}
