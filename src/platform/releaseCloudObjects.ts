import type { AwaitGoneOptions, Remaining } from '../kubernetes/awaitGone.js';
import { awaitGone } from '../kubernetes/awaitGone.js';
import { readLoadBalancersLeft } from '../kubernetes/awaitLoadBalancersGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import { heldCustomObjects, remainingObject } from '../kubernetes/customObjects.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { loadBalancers } from '../kubernetes/loadBalancerAddress.js';
import { deleteClaims, readDynamicVolumes } from './dynamicVolumes.js';

/**
 * Has the cluster's controllers give back what they made in the cloud: deletes every ingress and LoadBalancer service,
 * every claim on a dynamically provisioned volume, and every object of the controllers' own kinds that carries a
 * finalizer (target group bindings …), then waits until the controllers have let go of them. For a cluster that is about
 * to go: else load balancers and volumes would outlive it, and cost.
 * @param groups API groups of the controllers' own kinds
 * @returns what is still there when the time is up, with what holds it
 */
export async function releaseCloudObjects(
  client: KubernetesClient,
  groups: readonly string[],
  options: AwaitGoneOptions,
): Promise<readonly Remaining[]> {
  await deleteLoadBalancers(client);
  await deleteClaims(client);
  await deleteCustomObjects(client, groups);
  return awaitGone(() => readCloudObjects(client, groups), options);
}

async function deleteLoadBalancers(client: KubernetesClient): Promise<void> {
  for (const { kind, namespace, name, deleted } of await loadBalancers(client)) {
    if (deleted) continue;
    const deletion =
      kind === 'ingress'
        ? client.networking.deleteNamespacedIngress({ namespace, name })
        : client.core.deleteNamespacedService({ namespace, name });
    await deletion.catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

async function deleteCustomObjects(client: KubernetesClient, groups: readonly string[]): Promise<void> {
  for (const object of await heldCustomObjects(client, groups)) {
    if (object.metadata.deletionTimestamp) continue;
    await client.objects.delete(object).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

/** Objects behind which something stands in the cloud. */
async function readCloudObjects(client: KubernetesClient, groups: readonly string[]): Promise<Remaining[]> {
  const found = await Promise.all([
    readLoadBalancersLeft(client),
    readDynamicVolumes(client),
    heldCustomObjects(client, groups).then((objects) => objects.map(remainingObject)),
  ]);
  return found.flat();
}
