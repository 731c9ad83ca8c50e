import type { Leftover, StepProgress } from '../graph/StepRequest.js';
import { uninstallRelease } from '../helm/uninstallRelease.js';
import { awaitLoadBalancersGone } from '../kubernetes/awaitLoadBalancersGone.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import { kubernetesClient } from '../kubernetes/kubernetesClient.js';
import { removeCustomResources } from '../kubernetes/removeCustomResources.js';
import type { Settings } from '../settings/Settings.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespace, flyteReleaseName } from './flyteRelease.js';
import { removeProjectNamespaces } from './removeProjectNamespaces.js';
import { removeWebhooks } from './removeWebhooks.js';
import { removeWorkflows, workflowGroup } from './removeWorkflows.js';

export interface RemoveFlyteRequest {
  readonly settings: Pick<Settings, 'helm' | 'home'>;
  readonly access: ClusterAccess;
  readonly spec: DeploymentSpec;
  readonly signal?: AbortSignal;
  readonly report?: (progress: StepProgress) => void;
  /** How long workflows may take to end under FlytePropeller, in seconds; default 60. */
  readonly workflowSeconds?: number;
}

/**
 * Takes Flyte out of a cluster: running workflows first, while FlytePropeller still ends their pods; the release; then
 * what Flyte made at run time (webhook, namespaces, the definition of FlyteWorkflow); at last it waits for the load
 * balancers. Safe to repeat, and where Flyte was never installed.
 * @returns what is still there
 */
export async function removeFlyte(
  request: RemoveFlyteRequest,
): Promise<{ leftovers: Leftover[]; removed: boolean; toolSeconds: number }> {
  const { access, spec, settings, signal, report, workflowSeconds = 60 } = request;
  const within = (timeoutSeconds: number) => ({ timeoutSeconds, signal, report });
  const client = kubernetesClient(access, { signal });
  try {
    await removeWorkflows(client, within(workflowSeconds));
    const { removed, toolSeconds } = await uninstallRelease({
      settings,
      access,
      namespace: flyteNamespace,
      release: flyteReleaseName,
      signal,
    });
    await removeWebhooks(client);
    // Executions that were started meanwhile: nobody ends them any more.
    await removeWorkflows(client, within(0));
    const namespaces = await removeProjectNamespaces(client, spec, within(180));
    await removeCustomResources(client, [workflowGroup], within(60));
    const loadBalancers = await awaitLoadBalancersGone(client, { ...within(300), namespace: flyteNamespace });
    const leftovers = loadBalancers.map(({ object, reason }) => ({ step: 'flyte', resource: object, reason }));
    return { leftovers: [...namespaces, ...leftovers], removed, toolSeconds };
  } finally {
    client.close();
  }
}
