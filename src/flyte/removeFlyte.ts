import type { Leftover } from '../graph/StepRequest.js';
import { uninstallRelease } from '../helm/uninstallRelease.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import { kubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { Settings } from '../settings/Settings.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespace, flyteReleaseName } from './flyteRelease.js';
import type { RemovalWait } from './RemovalWait.js';
import { removeProjectNamespaces } from './removeProjectNamespaces.js';
import { removeWebhooks } from './removeWebhooks.js';
import { removeWorkflowDefinition, removeWorkflows } from './removeWorkflows.js';
import { waitForLoadBalancersGone } from './waitForLoadBalancersGone.js';

export interface RemoveFlyteRequest {
  readonly settings: Pick<Settings, 'helm' | 'home'>;
  readonly access: ClusterAccess;
  readonly spec: DeploymentSpec;
  readonly signal?: AbortSignal;
  readonly report: (waitingFor: string) => void;
  /** How long workflows may take to end, and namespaces and load balancers to go, in seconds; default 60, 180 and 300. */
  readonly waits?: { readonly workflows: number; readonly namespaces: number; readonly loadBalancers: number };
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
  const { access, spec, settings, signal, report } = request;
  const waits = request.waits ?? { workflows: 60, namespaces: 180, loadBalancers: 300 };
  const wait = (seconds: number): RemovalWait => ({ seconds, pollMs: 1_000, signal, report });
  const client = kubernetesClient(access, { signal });
  try {
    await removeWorkflows(client, wait(waits.workflows));
    const { removed, toolSeconds } = await uninstallRelease({
      settings,
      access,
      namespace: flyteNamespace,
      release: flyteReleaseName,
      signal,
    });
    await removeWebhooks(client);
    // Executions that were started meanwhile: nobody ends them any more.
    await removeWorkflows(client, wait(0));
    const namespaces = await removeProjectNamespaces(client, spec, wait(waits.namespaces));
    await removeWorkflowDefinition(client);
    const loadBalancers = await waitForLoadBalancersGone(client, wait(waits.loadBalancers));
    return { leftovers: [...namespaces, ...loadBalancers], removed, toolSeconds };
  } finally {
    client.close();
  }
}
