import { type AwaitGoneOptions, awaitGone, type Remaining } from './awaitGone.js';
import type { KubernetesClient } from './kubernetesClient.js';
import { loadBalancers } from './loadBalancerAddress.js';

/**
 * Waits until no ingress and no service stands for a load balancer any more: neither one that is there to stay nor one
 * that a controller still holds by a finalizer while it deletes what it made in the cloud.
 * @param namespace only there; default everywhere
 * @returns those left when the time is up
 */
export function awaitLoadBalancersGone(
  client: KubernetesClient,
  options: AwaitGoneOptions & { readonly namespace?: string },
): Promise<readonly Remaining[]> {
  return awaitGone(() => readLoadBalancersLeft(client, options.namespace), options);
}

/** The ingresses and services that a controller works for: they have an address, or a finalizer of its own. */
export async function readLoadBalancersLeft(client: KubernetesClient, namespace?: string): Promise<Remaining[]> {
  const found = await loadBalancers(client, namespace);
  return found
    .filter(({ address, finalizers }) => address !== undefined || finalizers.length > 0)
    .map(({ kind, namespace: at, name, address, finalizers, deleted }) => ({
      object: `${kind} ${at}/${name}`,
      reason: !deleted
        ? `keeps load balancer ${address ?? '(no address yet)'}`
        : finalizers.length > 0
          ? `waits for the controller that holds ${finalizers.join(', ')}`
          : 'is being deleted',
    }));
}
