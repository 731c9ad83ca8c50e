import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { loadBalancerAddress } from '../kubernetes/loadBalancerAddress.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespace, flyteRelease } from './flyteRelease.js';

export interface LoadBalancerWait {
  /** How long it may take to get an address, in seconds; default 300. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (waitingFor: string) => void;
}

const pollMs = 1_000;

/**
 * The address of the load balancer that leads to Flyte. Waits for it where the deployment has a domain; without one
 * there is a load balancer only if the file's values ask for it.
 * @returns host name or address; null where there is none, or none within the wait
 */
export async function awaitLoadBalancer(
  client: KubernetesClient,
  spec: DeploymentSpec,
  { timeoutSeconds = 300, signal, onWait }: LoadBalancerWait = {},
): Promise<string | null> {
  const { ingress } = flyteRelease(spec.flyte.distribution);
  const end = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const address = await loadBalancerAddress(client, flyteNamespace);
    if (address || !spec.domain || Date.now() >= end) return address;
    onWait?.(`the load balancer of ingress ${flyteNamespace}/${ingress}`);
    await sleep(pollMs, undefined, { signal });
  }
}
