import type { AwaitGoneOptions, Remaining } from '../kubernetes/awaitGone.js';
import { awaitGone, heldBy } from '../kubernetes/awaitGone.js';
import { readLoadBalancersLeft } from '../kubernetes/awaitLoadBalancersGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { loadBalancers } from '../kubernetes/loadBalancerAddress.js';
import { deleteClaims, readDynamicVolumes } from './dynamicVolumes.js';

/**
 * Has the cluster's controllers give back what they made in the cloud: deletes every ingress and LoadBalancer service
 * and every claim on a dynamically provisioned volume, then waits until the controllers have let go of them. For a
 * cluster that is about to go: else load balancers and volumes would outlive it, and cost.
 * @returns what is still there when the time is up, with what holds it
 */
export async function releaseCloudObjects(
  client: KubernetesClient,
  options: AwaitGoneOptions,
): Promise<readonly Remaining[]> {
  await deleteLoadBalancers(client);
  await deleteClaims(client);
  return awaitGone(() => readCloudObjects(client), options);
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

/** Objects behind which something stands in the cloud. */
async function readCloudObjects(client: KubernetesClient): Promise<Remaining[]> {
  const found = await Promise.all([
    readLoadBalancersLeft(client),
    readTargetGroupBindings(client),
    readDynamicVolumes(client),
  ]);
  return found.flat();
}

/** The AWS Load Balancer Controller's own record of a target group; no other cloud has the kind. */
async function readTargetGroupBindings(client: KubernetesClient): Promise<Remaining[]> {
  const kind = { group: 'elbv2.k8s.aws', version: 'v1beta1', plural: 'targetgroupbindings' };
  const list = await client.customObjects.listCustomObjectForAllNamespaces(kind).catch((error: unknown) => {
    if (isNotFound(error)) return { items: [] };
    throw error;
  });
  return (
    list as { items: { metadata?: Parameters<typeof heldBy>[0] & { name?: string; namespace?: string } }[] }
  ).items.map(({ metadata }) => ({
    object: `target group binding ${metadata?.namespace}/${metadata?.name}`,
    reason: heldBy(metadata),
  }));
}
