import { setTimeout as sleep } from 'node:timers/promises';
import type { Leftover } from '../graph/StepRequest.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { flyteNamespace } from './flyteRelease.js';
import type { RemovalWait } from './RemovalWait.js';

/**
 * Waits until no ingress and no service of type LoadBalancer is left in Flyte's namespace: their controllers keep them
 * until the cloud's load balancer is gone.
 * @returns those that are still there after the wait
 */
export async function waitForLoadBalancersGone(client: KubernetesClient, wait: RemovalWait): Promise<Leftover[]> {
  const end = Date.now() + wait.seconds * 1000;
  for (;;) {
    const left = await remaining(client);
    if (left.length === 0) return [];
    if (Date.now() >= end) return left;
    wait.report(`the load balancer of ${left.map(({ resource }) => resource).join(', ')} to go`);
    await sleep(wait.pollMs, undefined, { signal: wait.signal });
  }
}

async function remaining(client: KubernetesClient): Promise<Leftover[]> {
  const namespace = flyteNamespace;
  const [ingresses, services] = await Promise.all([
    client.networking.listNamespacedIngress({ namespace }),
    client.core.listNamespacedService({ namespace }),
  ]);
  const found = [
    ...ingresses.items.map((item) => ({ kind: 'ingress', item })),
    ...services.items.filter(({ spec }) => spec?.type === 'LoadBalancer').map((item) => ({ kind: 'service', item })),
  ];
  return found.map(({ kind, item }) => {
    const address = item.status?.loadBalancer?.ingress?.[0];
    const id = address?.hostname ?? address?.ip;
    return {
      step: 'flyte',
      resource: `${kind} ${namespace}/${item.metadata?.name}`,
      ...(id ? { id } : {}),
      reason: 'its controller has not removed the load balancer yet',
    };
  });
}
