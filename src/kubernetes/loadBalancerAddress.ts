import type { V1Ingress, V1Service } from '@kubernetes/client-node';
import type { KubernetesClient } from './kubernetesClient.js';

/** An object that stands for a load balancer. */
export interface LoadBalancerObject {
  readonly kind: 'ingress' | 'service';
  readonly namespace: string;
  readonly name: string;
  /** Host name, or address where the cloud gives no name; undefined until it is there. */
  readonly address?: string;
  readonly finalizers: readonly string[];
  readonly deleted: boolean;
}

/** All ingresses and services of type LoadBalancer, of one namespace or of all. */
export async function loadBalancers(client: KubernetesClient, namespace?: string): Promise<LoadBalancerObject[]> {
  const [ingresses, services] = await Promise.all([
    namespace
      ? client.networking.listNamespacedIngress({ namespace })
      : client.networking.listIngressForAllNamespaces(),
    namespace ? client.core.listNamespacedService({ namespace }) : client.core.listServiceForAllNamespaces(),
  ]);
  return [
    ...ingresses.items.map((item) => describe('ingress', item)),
    ...services.items.filter(({ spec }) => spec?.type === 'LoadBalancer').map((item) => describe('service', item)),
  ];
}

/** The address of a namespace's first ingress that has one, else of its first such service; null until there is one. */
export async function loadBalancerAddress(client: KubernetesClient, namespace: string): Promise<string | null> {
  const found = await loadBalancers(client, namespace);
  return found.find(({ address, deleted }) => address && !deleted)?.address ?? null;
}

function describe(kind: LoadBalancerObject['kind'], { metadata, status }: V1Ingress | V1Service): LoadBalancerObject {
  const entry = status?.loadBalancer?.ingress?.[0];
  const address = entry?.hostname ?? entry?.ip;
  return {
    kind,
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    ...(address ? { address } : {}),
    finalizers: metadata?.finalizers ?? [],
    deleted: metadata?.deletionTimestamp !== undefined,
  };
}
