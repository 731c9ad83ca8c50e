import type { V1Deployment, V1LabelSelector, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import type { KubernetesClient } from './kubernetesClient.js';
import { type NotReady, newestWarning, type PodSurroundings, podNotReady } from './podNotReady.js';

/** How far the workloads of a release or namespace are. */
export interface Readiness {
  /** Pods that are ready, of those that are wanted. */
  readonly ready: number;
  readonly total: number;
  readonly notReady: readonly NotReady[];
}

/** A Deployment, StatefulSet, DaemonSet or Job, as far as readiness goes. */
export interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly selector: V1LabelSelector | undefined;
  readonly wanted: number;
  readonly ready: number;
  /** What the workload's controller says it cannot do. */
  readonly failure?: string;
}

/** Helm's mark on every object of a release. */
const releaseAnnotation = 'meta.helm.sh/release-name';

/** Reads which pods of a release (or of all workloads of a namespace) are not ready and why. */
export async function readReadiness(
  client: KubernetesClient,
  { namespace, release }: { namespace: string; release?: string },
): Promise<Readiness> {
  const workloads = await readWorkloads(client, namespace, release);
  if (workloads.every(({ ready, wanted }) => ready >= wanted))
    return readiness(workloads, [], { events: [], claims: [] });
  const [pods, events, claims] = await Promise.all([
    client.core.listNamespacedPod({ namespace }),
    client.core.listNamespacedEvent({ namespace, fieldSelector: 'type=Warning' }),
    client.core.listNamespacedPersistentVolumeClaim({ namespace }),
  ]);
  return readiness(workloads, pods.items, { events: events.items, claims: claims.items });
}

/** Puts workloads, their pods and what is known about those together. */
export function readiness(
  workloads: readonly Workload[],
  pods: readonly V1Pod[],
  surroundings: PodSurroundings,
): Readiness {
  const notReady: NotReady[] = [];
  for (const workload of workloads.filter(({ ready, wanted }) => ready < wanted)) {
    const object = `${workload.kind} ${workload.name}`;
    const own = pods.filter((pod) => matches(workload.selector, pod.metadata?.labels ?? {}));
    if (own.length === 0) {
      const warning = newestWarning(surroundings.events, workload.kind, workload.name);
      notReady.push({ object, reason: workload.failure ?? warning?.message ?? 'has no pod yet' });
      continue;
    }
    notReady.push(...own.flatMap((pod) => podNotReady(pod, surroundings) ?? []));
  }
  const sum = (pick: (workload: Workload) => number) =>
    workloads.reduce((total, workload) => total + pick(workload), 0);
  return {
    ready: sum(({ ready, wanted }) => Math.min(ready, wanted)),
    total: sum(({ wanted }) => wanted),
    // What needs somebody to act comes first.
    notReady: notReady.toSorted((one, other) => Number(other.next !== undefined) - Number(one.next !== undefined)),
  };
}

/** One line for `StepProgress.waitingFor`: the first objects and how many more there are. */
export function describeReadiness({ notReady }: Pick<Readiness, 'notReady'>): string {
  const shown = notReady.slice(0, 3).map(({ object, reason }) => `${object}: ${reason}`);
  const more = notReady.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

async function readWorkloads(client: KubernetesClient, namespace: string, release?: string): Promise<Workload[]> {
  const [deployments, statefulSets, daemonSets, jobs] = await Promise.all([
    client.apps.listNamespacedDeployment({ namespace }),
    client.apps.listNamespacedStatefulSet({ namespace }),
    client.apps.listNamespacedDaemonSet({ namespace }),
    client.batch.listNamespacedJob({ namespace }),
  ]);
  const ours = ({ metadata }: { metadata?: { annotations?: Record<string, string> } }) =>
    release === undefined || metadata?.annotations?.[releaseAnnotation] === release;
  return [
    ...deployments.items.filter(ours).map((item) => replicated('Deployment', item)),
    ...statefulSets.items.filter(ours).map((item) => replicated('StatefulSet', item)),
    ...daemonSets.items.filter(ours).map(({ metadata, spec, status }) => ({
      kind: 'DaemonSet',
      name: metadata?.name ?? '',
      selector: spec?.selector,
      wanted: status?.desiredNumberScheduled ?? 0,
      ready: status?.numberAvailable ?? 0,
    })),
    ...jobs.items.filter(ours).map(({ metadata, spec, status }) => ({
      kind: 'Job',
      name: metadata?.name ?? '',
      selector: spec?.selector,
      wanted: spec?.completions ?? 1,
      ready: status?.succeeded ?? 0,
    })),
  ];
}

/** Pods of an older revision do not count as ready. */
function replicated(kind: string, { metadata, spec, status }: V1Deployment | V1StatefulSet): Workload {
  const failure = status?.conditions?.find(
    (condition) => condition.type === 'ReplicaFailure' && condition.status === 'True',
  );
  const current = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
  return {
    kind,
    name: metadata?.name ?? '',
    selector: spec?.selector,
    wanted: spec?.replicas ?? 1,
    ready: current ? Math.min(status?.updatedReplicas ?? 0, status?.availableReplicas ?? 0) : 0,
    ...(failure?.message ? { failure: failure.message } : {}),
  };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function matches(selector: V1LabelSelector | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (!selector) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      return (value !== undefined && values.includes(value)) === (operator === 'In');
    })
  );
}
