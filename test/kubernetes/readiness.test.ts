import type { CoreV1Event, V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { podNotReady } from '../../src/kubernetes/podNotReady.js';
import { describeReadiness, readiness, type Workload } from '../../src/kubernetes/readiness.js';

const nothingElse = { events: [], claims: [] };

function pod(change: { spec?: V1Pod['spec']; status?: V1Pod['status']; metadata?: V1Pod['metadata'] } = {}): V1Pod {
  return {
    metadata: { name: 'admin-1', namespace: 'flyte', labels: { app: 'admin' }, ...change.metadata },
    spec: { containers: [], nodeName: 'node-a', ...change.spec },
    status: { phase: 'Pending', ...change.status },
  };
}

const container = (state: V1ContainerState, more: { restartCount?: number; lastState?: V1ContainerState } = {}) => ({
  name: 'flyteadmin',
  image: 'x',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
  ...more,
});

const withContainer = (...statuses: ReturnType<typeof container>[]) => pod({ status: { containerStatuses: statuses } });

function warning(kind: string, name: string, reason: string, message: string, minute: number): CoreV1Event {
  return {
    metadata: {},
    involvedObject: { kind, name },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: new Date(2026, 1, 1, 1, minute),
  };
}

describe('why a pod is not ready', () => {
  test('ready, done, and going pods', () => {
    const ready = [{ type: 'Ready', status: 'True' }];
    expect(podNotReady(pod({ status: { conditions: ready } }), nothingElse)).toBeUndefined();
    expect(podNotReady(pod({ status: { phase: 'Succeeded' } }), nothingElse)).toBeUndefined();
    const going = pod({ metadata: { name: 'x', deletionTimestamp: new Date() }, status: { conditions: ready } });
    expect(podNotReady(going, nothingElse)?.reason).toBe('is being removed');
  });

  test('unschedulable: which nodes lack what, without the sentence on preemption', () => {
    const message =
      '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {gpu: true}. ' +
      'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
    expect(podNotReady(pod({ status: { conditions } }), nothingElse)).toMatchObject({
      object: 'pod admin-1',
      reason:
        'unschedulable: 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {gpu: true}.',
      next: expect.stringContaining('cluster.nodePools'),
    });
  });

  test.each(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'])('%s', (reason) => {
    const state = { waiting: { reason, message: 'Back-off pulling image "cr.flyte.org/x:1"' } };
    expect(podNotReady(withContainer(container(state)), nothingElse)).toMatchObject({
      reason: `${reason} (container flyteadmin): Back-off pulling image "cr.flyte.org/x:1"`,
      next: expect.stringContaining('registry'),
    });
  });

  test('a crash loop tells the exit code and how to read the log', () => {
    const status = container(
      { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' } },
      { restartCount: 4, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } },
    );
    expect(podNotReady(withContainer(status), nothingElse)).toMatchObject({
      reason: 'CrashLoopBackOff (container flyteadmin): exit code 137 (OOMKilled), 4 restarts',
      next: 'Read its log: kubectl logs --previous -n flyte admin-1',
    });
  });

  test('an init container counts before the others', () => {
    const waiting = container({ waiting: { reason: 'PodInitializing' } });
    const init = { ...container({ terminated: { exitCode: 1, reason: 'Error' } }), name: 'run-migrations' };
    const status = { containerStatuses: [waiting], initContainerStatuses: [init] };
    expect(podNotReady(pod({ status }), nothingElse)?.reason).toBe(
      'Error (container run-migrations): exit code 1, 0 restarts',
    );
  });

  test('a secret that a container names', () => {
    const state = { waiting: { reason: 'CreateContainerConfigError', message: 'secret "flyte-db" not found' } };
    expect(podNotReady(withContainer(container(state)), nothingElse)).toMatchObject({
      reason: 'CreateContainerConfigError (container flyteadmin): secret "flyte-db" not found',
      next: expect.stringContaining('secrets'),
    });
  });

  test('a volume claim without a volume, with what its provisioner says', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }];
    const claims = [{ metadata: { name: 'data-0' }, spec: { storageClassName: 'gp9' }, status: { phase: 'Pending' } }];
    const events = [
      warning('PersistentVolumeClaim', 'data-0', 'ProvisioningFailed', 'storageclass "gp9" not found', 2),
    ];
    const waiting = pod({ spec: { containers: [], volumes } });
    expect(podNotReady(waiting, { claims, events })?.reason).toBe(
      'volume claim data-0 has no volume: storageclass "gp9" not found',
    );
    expect(podNotReady(waiting, { claims, events: [] })?.reason).toBe(
      'volume claim data-0 has no volume: storage class gp9',
    );
  });

  test('the newest warning about the pod itself, where the kubelet gives no state', () => {
    const creating = withContainer(container({ waiting: { reason: 'ContainerCreating' } }));
    const events = [
      warning('Pod', 'admin-1', 'FailedMount', 'MountVolume.SetUp failed: secret "flyte-db" not found', 5),
      warning('Pod', 'admin-1', 'FailedScheduling', 'old', 1),
      warning('Pod', 'other', 'FailedMount', 'not ours', 9),
    ];
    expect(podNotReady(creating, { claims: [], events })?.reason).toBe(
      'FailedMount: MountVolume.SetUp failed: secret "flyte-db" not found',
    );
    expect(podNotReady(creating, nothingElse)?.reason).toBe('containers are being created');
  });

  test('plain states', () => {
    expect(podNotReady(pod({ spec: { containers: [], nodeName: undefined } }), nothingElse)?.reason).toBe(
      'waits for the scheduler',
    );
    const running = withContainer(container({ running: {} }));
    expect(podNotReady(running, nothingElse)?.reason).toBe('runs, not ready yet');
  });
});

describe('readiness of workloads', () => {
  const workload = (change: Partial<Workload> = {}): Workload => ({
    kind: 'Deployment',
    name: 'admin',
    selector: { matchLabels: { app: 'admin' } },
    wanted: 2,
    ready: 1,
    ...change,
  });

  test('only pods of workloads that lack some are told, those to act on first', () => {
    const slow = pod({ metadata: { name: 'slow', labels: { app: 'admin' } } });
    const broken = withContainer(container({ waiting: { reason: 'ErrImagePull' } }));
    const other = pod({ metadata: { name: 'other', labels: { app: 'console' } } });
    const found = readiness(
      [workload(), workload({ name: 'console', wanted: 1, ready: 1, selector: { matchLabels: { app: 'console' } } })],
      [slow, broken, other],
      nothingElse,
    );
    expect(found).toMatchObject({ ready: 2, total: 3 });
    expect(found.notReady.map(({ object }) => object)).toEqual(['pod admin-1', 'pod slow']);
  });

  test('a workload without any pod tells what its controller says', () => {
    const failure = 'pods "admin-1" is forbidden: exceeded quota';
    expect(readiness([workload({ failure })], [], nothingElse).notReady).toEqual([
      { object: 'Deployment admin', reason: failure },
    ]);
    const events = [warning('StatefulSet', 'admin', 'FailedCreate', 'create Pod failed', 1)];
    const set = workload({ kind: 'StatefulSet' });
    expect(readiness([set], [], { claims: [], events }).notReady[0]?.reason).toBe('create Pod failed');
  });

  test.each([
    ['In', ['admin', 'x'], true],
    ['NotIn', ['admin'], false],
    ['Exists', undefined, true],
    ['DoesNotExist', undefined, false],
  ])('selectors with %s %j', (operator, values, match) => {
    const selector = { matchExpressions: [{ key: 'app', operator, ...(values ? { values } : {}) }] };
    const { notReady } = readiness([workload({ selector })], [pod()], nothingElse);
    expect(notReady[0]?.object).toBe(match ? 'pod admin-1' : 'Deployment admin');
  });

  test('one line names three objects and counts the rest', () => {
    const notReady = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ object: `pod ${name}`, reason: 'waits' }));
    expect(describeReadiness({ notReady })).toBe('pod a: waits; pod b: waits; pod c: waits; and 2 more');
  });
});
