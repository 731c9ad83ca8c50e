import type { CoreV1Event, V1ContainerStatus, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';

/** One object that is not ready and why. */
export interface NotReady {
  /** `pod flyteadmin-5c9…` */
  readonly object: string;
  readonly reason: string;
  /** What the user does about it, where waiting will not help. */
  readonly next?: string;
}

/** What the API knows about a pod besides the pod. */
export interface PodSurroundings {
  /** Warnings of the pod's namespace. */
  readonly events: readonly CoreV1Event[];
  readonly claims: readonly V1PersistentVolumeClaim[];
}

/** Why a pod is not ready; undefined when it is, or when it is done. */
export function podNotReady(pod: V1Pod, surroundings: PodSurroundings): NotReady | undefined {
  const object = `pod ${pod.metadata?.name}`;
  const conditions = pod.status?.conditions ?? [];
  const isTrue = (type: string) =>
    conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (pod.status?.phase === 'Succeeded' || (isTrue('Ready') && !pod.metadata?.deletionTimestamp)) return undefined;
  if (pod.metadata?.deletionTimestamp) return { object, reason: 'is being removed' };
  if (pod.status?.phase === 'Failed')
    return {
      object,
      reason: words(pod.status.reason ?? 'Failed', pod.status.message ?? terminations(pod).at(0)),
      next: logsCommand(pod),
    };
  return (
    unbound(pod, object, surroundings) ??
    unscheduled(pod, object) ??
    badContainer(pod, object) ??
    warned(pod, object, surroundings) ?? { object, reason: plainState(pod) }
  );
}

/** A claim of the pod that has no volume yet, unless it only waits for the pod to be placed. */
function unbound(pod: V1Pod, object: string, { claims, events }: PodSurroundings): NotReady | undefined {
  const names = (pod.spec?.volumes ?? []).map((volume) => volume.persistentVolumeClaim?.claimName).filter(Boolean);
  const claim = claims.find(({ metadata, status }) => names.includes(metadata?.name) && status?.phase !== 'Bound');
  if (!claim) return undefined;
  const warning = newestWarning(events, 'PersistentVolumeClaim', claim.metadata?.name);
  const className = claim.spec?.storageClassName;
  return {
    object,
    reason: words(
      `volume claim ${claim.metadata?.name} has no volume`,
      warning?.message ?? (className ? `storage class ${className}` : 'no storage class'),
    ),
    next: 'Check that the storage class exists and that its driver runs in the cluster.',
  };
}

function unscheduled(pod: V1Pod, object: string): NotReady | undefined {
  const condition = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (!condition) return undefined;
  // The scheduler ends with a sentence about preemption that says nothing new.
  const message = condition.message?.replace(/\s*preemption:.*$/s, '').replace(/no new claims to deallocate,?\s*/, '');
  return {
    object,
    reason: words('unschedulable', message),
    next: "Check the node pools' limits (cluster.nodePools) against what the pod asks for; an autoscaler may need minutes.",
  };
}

/** What a person can do about a container that waits, by the kubelet's reason. */
const containerAdvice: readonly { reasons: RegExp; next: (pod: V1Pod) => string }[] = [
  { reasons: /Image/, next: () => "Check the image's name and tag, and that the nodes reach its registry." },
  { reasons: /^CrashLoopBackOff$|^Error$|^OOMKilled$|RunContainerError/, next: logsCommand },
  { reasons: /^CreateContainer/, next: () => 'Check that the secrets and config maps the container names are there.' },
];

/** The kubelet's words while all goes well. */
const normalWaits = new Set(['ContainerCreating', 'PodInitializing']);

function badContainer(pod: V1Pod, object: string): NotReady | undefined {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const status of statuses) {
    const { waiting, terminated } = status.state ?? {};
    const reason =
      waiting?.reason && !normalWaits.has(waiting.reason)
        ? waiting.reason
        : terminated && terminated.exitCode !== 0
          ? (terminated.reason ?? 'Error')
          : undefined;
    if (!reason) continue;
    const advice = containerAdvice.find(({ reasons }) => reasons.test(reason));
    return {
      object,
      reason: words(`${reason} (container ${status.name})`, exitOf(status) ?? waiting?.message),
      ...(advice ? { next: advice.next(pod) } : {}),
    };
  }
  return undefined;
}

/** How the container ended last: `exit code 1, 4 restarts`. */
function exitOf({ state, lastState, restartCount }: V1ContainerStatus): string | undefined {
  const ended = state?.terminated ?? lastState?.terminated;
  if (!ended) return undefined;
  const why = ended.reason && !['Error', 'Completed'].includes(ended.reason) ? ` (${ended.reason})` : '';
  return `exit code ${ended.exitCode}${why}, ${restartCount} restarts`;
}

const terminations = (pod: V1Pod): string[] =>
  (pod.status?.containerStatuses ?? []).flatMap((status) => exitOf(status) ?? []);

/** A warning about mounts, sandboxes or probes. */
function warned(pod: V1Pod, object: string, { events }: PodSurroundings): NotReady | undefined {
  const warning = newestWarning(events, 'Pod', pod.metadata?.name);
  return warning && { object, reason: words(warning.reason ?? 'Warning', warning.message) };
}

function plainState(pod: V1Pod): string {
  if (!pod.spec?.nodeName) return 'waits for the scheduler';
  const containers = pod.status?.containerStatuses ?? [];
  if (containers.length === 0 || containers.some(({ state }) => state?.waiting)) return 'containers are being created';
  return 'runs, not ready yet';
}

/** The newest warning about an object. */
export function newestWarning(
  events: readonly CoreV1Event[],
  kind: string,
  name: string | undefined,
): CoreV1Event | undefined {
  return events
    .filter(
      ({ involvedObject, type }) => type === 'Warning' && involvedObject.kind === kind && involvedObject.name === name,
    )
    .toSorted((one, other) => eventTime(one) - eventTime(other))
    .at(-1);
}

const eventTime = ({ lastTimestamp, eventTime, metadata }: CoreV1Event): number =>
  new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime();

function logsCommand(pod: V1Pod): string {
  return `Read its log: kubectl logs --previous -n ${pod.metadata?.namespace} ${pod.metadata?.name}`;
}

/** Cut, since a text like this is read in one line. */
function words(head: string, tail: string | undefined): string {
  const text = tail ? `${head}: ${tail.replace(/\s+/g, ' ').trim()}` : head;
  return text.length > 240 ? `${text.slice(0, 240)} …` : text;
}
