import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { HangarError } from '../errors/HangarError.js';
import type { KubernetesClient } from './kubernetesClient.js';

/** A pod behind a service and the port that the service's port leads to there. */
export interface ServiceTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** A ready pod behind a service. @throws HGR-411 without such a service or port, HGR-405 without a ready pod */
export async function readyPod(
  client: KubernetesClient,
  { namespace, service: name, port }: { namespace: string; service: string; port: number | string },
): Promise<ServiceTarget> {
  const service = await client.core.readNamespacedService({ namespace, name });
  const selector = Object.entries(service.spec?.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  if (!selector)
    throw new HangarError('HGR-411', `service ${namespace}/${name} selects no pods`, {
      resource: `service ${namespace}/${name}`,
    });
  const { items } = await client.core.listNamespacedPod({ namespace, labelSelector: selector });
  const pod = items.find(isReady);
  if (!pod)
    throw new HangarError('HGR-405', `no pod behind service ${namespace}/${name} is ready (of ${items.length})`, {
      resource: `service ${namespace}/${name}`,
    });
  return { namespace, pod: pod.metadata!.name!, port: targetPort(service, port, pod) };
}

/** Ready and not on its way out. */
function isReady(pod: V1Pod): boolean {
  return (
    !pod.metadata?.deletionTimestamp &&
    (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}

function targetPort(service: V1Service, wanted: number | string, pod: V1Pod): number {
  const name = `${service.metadata?.namespace}/${service.metadata?.name}`;
  const entry = service.spec?.ports?.find((port) => port.port === wanted || port.name === wanted);
  if (!entry)
    throw new HangarError('HGR-411', `service ${name} has no port ${wanted}`, { resource: `service ${name}` });
  const target = entry.targetPort ?? entry.port;
  if (typeof target === 'number') return target;
  const containerPort = pod.spec?.containers.flatMap(({ ports }) => ports ?? []).find((port) => port.name === target);
  if (!containerPort)
    throw new HangarError('HGR-411', `pod ${pod.metadata?.name} behind service ${name} has no port ${target}`, {
      resource: `service ${name}`,
    });
  return containerPort.containerPort;
}
