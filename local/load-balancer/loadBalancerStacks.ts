import { createHash } from 'node:crypto';
import type { V1Ingress, V1Service } from '@kubernetes/client-node';

/** Finalizers, tags and annotations are those of the real controller: https://github.com/kubernetes-sigs/aws-load-balancer-controller */
const annotation = 'alb.ingress.kubernetes.io/';
const serviceFinalizer = 'service.k8s.aws/resources';

export type Scheme = 'internal' | 'internet-facing';

/** One port that a load balancer listens on. */
export interface Listener {
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
  readonly port: number;
  /** HTTP only: answers with a redirect to this port under https. */
  readonly redirectTo?: number;
}

/** Objects that share one load balancer: a group of ingresses, a single ingress, or a service. */
export interface LoadBalancerStack {
  readonly kind: 'ingress' | 'service';
  /** Value of the tag `ingress.k8s.aws/stack` or `service.k8s.aws/stack`. */
  readonly id: string;
  readonly name: string;
  readonly scheme: Scheme;
  readonly finalizer: string;
  readonly listeners: readonly Listener[];
  readonly certificateArns: readonly string[];
  /** From the annotation `tags`. */
  readonly tags: Readonly<Record<string, string>>;
  readonly ingresses: readonly V1Ingress[];
  readonly services: readonly V1Service[];
}

interface ControllerSettings {
  readonly clusterName: string;
  readonly ingressClass: string;
}

/** The load balancers that ingresses of the class and services of type LoadBalancer ask for. */
export function loadBalancerStacks(
  ingresses: readonly V1Ingress[],
  services: readonly V1Service[],
  settings: ControllerSettings,
): LoadBalancerStack[] {
  const groups = new Map<string, V1Ingress[]>();
  for (const ingress of ingresses.filter((item) => isOurs(item, settings.ingressClass))) {
    const id = groupOf(ingress) ?? nameOf(ingress);
    groups.set(id, [...(groups.get(id) ?? []), ingress]);
  }
  const balanced = services.filter(
    ({ spec, metadata }) =>
      spec?.loadBalancerClass === 'service.k8s.aws/nlb' ||
      (spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined) ||
      metadata?.finalizers?.includes(serviceFinalizer),
  );
  return [
    ...[...groups].map(([id, members]) => ingressStack(id, members, settings)),
    ...balanced.map((service) => serviceStack(service, settings)),
  ];
}

function isOurs({ spec, metadata }: V1Ingress, ingressClass: string): boolean {
  const held = metadata?.finalizers?.some((finalizer) => /(^|\.)ingress\.k8s\.aws\//.test(finalizer));
  return held || (spec?.ingressClassName ?? metadata?.annotations?.['kubernetes.io/ingress.class']) === ingressClass;
}

function ingressStack(id: string, members: V1Ingress[], { clusterName }: ControllerSettings): LoadBalancerStack {
  const group = members.map(groupOf).find(Boolean);
  // A value of any member counts for all: the chart gives every ingress of a group the same.
  const read = (name: string) => members.map((item) => item.metadata?.annotations?.[annotation + name]).find(Boolean);
  const scheme: Scheme = read('scheme') === 'internet-facing' ? 'internet-facing' : 'internal';
  const certificateArns = (read('certificate-arn') ?? '').split(',').filter(Boolean);
  const redirectTo = Number(read('ssl-redirect') ?? Number.NaN);
  const first = members[0]!;
  return {
    kind: 'ingress',
    id,
    name: group
      ? `k8s-${alphanumeric(group, 17)}-${hash(clusterName, id, scheme)}`
      : `k8s-${alphanumeric(first.metadata?.namespace, 8)}-${alphanumeric(first.metadata?.name, 8)}-${hash(clusterName, id, scheme)}`,
    scheme,
    finalizer: group ? `group.ingress.k8s.aws/${group}` : 'ingress.k8s.aws/resources',
    listeners: listenPorts(read('listen-ports'), certificateArns.length > 0).map((listener) =>
      listener.protocol === 'HTTP' && redirectTo ? { ...listener, redirectTo } : listener,
    ),
    certificateArns,
    tags: Object.fromEntries(
      (read('tags') ?? '')
        .split(',')
        .filter((pair) => pair.includes('='))
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    ingresses: members,
    services: [],
  };
}

function serviceStack(service: V1Service, { clusterName }: ControllerSettings): LoadBalancerStack {
  const { metadata, spec } = service;
  const id = nameOf(service);
  const wanted = metadata?.annotations?.['service.beta.kubernetes.io/aws-load-balancer-scheme'];
  const scheme: Scheme = wanted === 'internet-facing' ? 'internet-facing' : 'internal';
  return {
    kind: 'service',
    id,
    name: `k8s-${alphanumeric(metadata?.namespace, 8)}-${alphanumeric(metadata?.name, 8)}-${hash(clusterName, id, scheme)}`,
    scheme,
    finalizer: serviceFinalizer,
    listeners: (spec?.ports ?? []).map(({ port }) => ({ protocol: 'TCP', port })),
    certificateArns: [],
    tags: {},
    ingresses: [],
    services: [service],
  };
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#listen-ports */
function listenPorts(text: string | undefined, certified: boolean): Listener[] {
  if (!text) return certified ? [{ protocol: 'HTTPS', port: 443 }] : [{ protocol: 'HTTP', port: 80 }];
  const entries = JSON.parse(text) as Partial<Record<'HTTP' | 'HTTPS', number>>[];
  return entries.flatMap((entry) =>
    Object.entries(entry).map(([protocol, port]) => ({ protocol: protocol as 'HTTP' | 'HTTPS', port })),
  );
}

const groupOf = ({ metadata }: V1Ingress): string | undefined => metadata?.annotations?.[`${annotation}group.name`];
const nameOf = ({ metadata }: V1Ingress | V1Service): string => `${metadata?.namespace}/${metadata?.name}`;
const alphanumeric = (text: string | undefined, length: number): string =>
  (text ?? '').replace(/[^a-zA-Z0-9]/g, '').slice(0, length);
const hash = (...parts: string[]): string => createHash('sha256').update(parts.join('')).digest('hex').slice(0, 10);
