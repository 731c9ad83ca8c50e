import { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import { type DeploymentTarget, stateTarget } from './DeploymentTarget.js';
import type { HangarClient } from './HangarClient.js';
import { manifestStatus } from './manifestStatus.js';
import { loadManifest } from './readManifests.js';
import { completeStatus, describeWorkflow, queryStatus } from './readStatus.js';

/**
 * How a deployment stands: as its running or last workflow says, else, where the target names its account and region, as
 * its manifest in the state bucket says.
 * @param client undefined where Temporal cannot be reached
 * @throws HangarError HGR-604 where neither knows of it
 */
export async function describeDeployment(
  client: HangarClient | undefined,
  key: DeploymentTarget,
): Promise<DeploymentStatus> {
  const live = client ? await liveStatus(client, key) : undefined;
  // `gone` by the last workflow may be older than what another Temporal, or a run before it, left in the bucket.
  if (live?.status && live.status.phase !== 'gone') return live.status;
  const state = stateTarget(live?.status ?? key);
  const manifest = state ? await loadManifest({ ...state, name: key.name }) : undefined;
  if (manifest) return manifestStatus(manifest, client !== undefined && !live?.running);
  if (live?.status) return live.status;
  if (live?.running) throw noAnswer(key.name);
  const where = state ? ` in ${state.cloud} account ${state.account}, ${state.region}` : '';
  throw new HangarError('HGR-604', `There is no deployment ${key.name}${where}.`, {
    resource: key.name,
    next: state ? 'Look with `hangar list`.' : 'Give its cloud, account and region to look in its state bucket too.',
  });
}

interface Live {
  /** Absent where no worker answers, or where the workflow failed before it knew what it was about. */
  readonly status?: DeploymentStatus;
  readonly running: boolean;
}

async function liveStatus(
  client: HangarClient,
  { name, cloud, account, region }: DeploymentTarget,
): Promise<Live | undefined> {
  const handle = client.temporal.workflow.getHandle(deploymentWorkflowId(name));
  const description = await describeWorkflow(client, handle);
  if (!description) return undefined;
  const running = description.status.name === 'RUNNING';
  const status = await queryStatus(client, handle);
  if (!status) return { running };
  // A deployment of the same name in another account or region is another deployment.
  const differs = (wanted: string | undefined, is: string) => wanted !== undefined && wanted !== is;
  if (differs(cloud, status.cloud) || differs(account, status.account) || differs(region, status.region)) {
    return undefined;
  }
  return { running, status: completeStatus(status, description) };
}

function noAnswer(name: string): HangarError {
  return new HangarError('HGR-602', `A workflow works on ${name}, but no worker answers for it.`, {
    resource: deploymentWorkflowId(name),
    next: 'Start a worker: hangar worker.',
  });
}
