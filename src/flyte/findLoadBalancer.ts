import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespace, flyteRelease } from './flyteRelease.js';

export interface LoadBalancerWait {
  /** How long it may take to get an address, in seconds; default 300. */
  readonly withinSeconds?: number;
  readonly pollMs?: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (waitingFor: string) => void;
}

/**
 * The address of the load balancer that leads to Flyte: of its ingress, or of a service that the file's values turned
 * into one. Waits for it where the deployment has a domain.
 * @returns host name or address; null where there is none, or none within the wait
 */
export async function findLoadBalancer(
  client: KubernetesClient,
  spec: DeploymentSpec,
  { withinSeconds = 300, pollMs = 2_000, signal, onWait }: LoadBalancerWait = {},
): Promise<string | null> {
  const { ingress, adminService } = flyteRelease(spec.flyte.distribution);
  const end = Date.now() + withinSeconds * 1000;
  for (;;) {
    const found =
      (await ingressAddress(client, ingress)) ??
      (spec.domain ? undefined : await serviceAddress(client, adminService.name));
    if (found) return found;
    if (!spec.domain || Date.now() >= end) return null;
    onWait?.(`the load balancer of ingress ${flyteNamespace}/${ingress}`);
    await sleep(pollMs, undefined, { signal });
  }
}

async function ingressAddress(client: KubernetesClient, name: string): Promise<string | undefined> {
  const { items } = await client.networking.listNamespacedIngress({
    namespace: flyteNamespace,
    fieldSelector: `metadata.name=${name}`,
  });
  return address(items[0]?.status?.loadBalancer?.ingress);
}

async function serviceAddress(client: KubernetesClient, name: string): Promise<string | undefined> {
  const { items } = await client.core.listNamespacedService({
    namespace: flyteNamespace,
    fieldSelector: `metadata.name=${name}`,
  });
  return address(items[0]?.status?.loadBalancer?.ingress);
}

function address(given: readonly { hostname?: string; ip?: string }[] | undefined): string | undefined {
  return given?.map(({ hostname, ip }) => hostname ?? ip).find((value) => value !== undefined);
}
