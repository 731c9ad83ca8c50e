import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActivityContext } from '../../activities/ActivityContext.js';
import { credentialActivities } from '../../activities/credentials.js';
import { platformActivities } from '../../activities/platform.js';
import type { Cloud } from '../../src/clouds/Cloud.js';
import { HangarError } from '../../src/errors/HangarError.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import { releaseStatus } from '../../src/helm/releaseStatus.js';
import { loadBalancerAddress } from '../../src/kubernetes/loadBalancerAddress.js';
import { uninstallPlatform } from '../../src/platform/uninstallPlatform.js';
import { until } from '../kubernetes/testCluster.js';
import { type PlatformBed, startPlatformBed } from '../platform/platformBed.js';
import { makeWebApplication } from '../platform/webApplication.js';
import { runInActivity } from './runInActivity.js';

const password = 'correct-horse-battery-staple';
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
let bed: PlatformBed;

beforeAll(async () => {
  bed = await startPlatformBed();
});
afterAll(() => bed?.stop());

function activities(cloud: Partial<Cloud> = {}) {
  const whole = { ...bed.cloud, readSecret: async () => JSON.stringify({ username: 'flyte', password }), ...cloud };
  const context: ActivityContext = { settings: bed.settings, cloud: () => whole as Cloud };
  return { ...platformActivities(context), ...credentialActivities(context) };
}

const run = (
  name: 'installPlatform' | 'uninstallPlatform' | 'writeCredentials' | 'removeCredentials',
  cloud?: Partial<Cloud>,
  request: StepRequest = bed.request,
) => runInActivity(() => activities(cloud)[name](request));

const states = () =>
  Promise.all(
    bed.cloud.platformCharts!(bed.request.spec).map(async ({ namespace, release }) => {
      const target = { settings: bed.settings, access: bed.cluster.access, namespace, release };
      return (await releaseStatus(target))?.state;
    }),
  );

describe.sequential('the platform', () => {
  test('is installed, says what it waits for, and again without a change', async () => {
    const { result, beats } = await run('installPlatform');
    expect(result).toMatchObject({ outputs: { ingress_class: 'alb' }, changes: { add: 2, change: 0 }, leftovers: [] });
    expect(result.toolSeconds).toBeGreaterThan(0);
    expect(beats.some(({ phase }) => phase === 'install')).toBe(true);
    expect(await states()).toEqual(['deployed', 'deployed']);
    const name = 'aws-load-balancer-controller';
    const read = () => bed.cluster.client.apps.readNamespacedDeployment({ namespace: 'kube-system', name });
    const { metadata } = await read();
    expect((await run('installPlatform')).result.changes).toMatchObject({ add: 0, change: 2 });
    expect((await read()).metadata?.generation).toBe(metadata?.generation);
  });

  test('leaves no load balancer: the controllers go after what they made, and what is held is told', async () => {
    const { client } = bed.cluster;
    await makeWebApplication(client, { name: 'web', host: 'flyte.example.com' });
    await until('the ingress has an address', async () => {
      if (!(await loadBalancerAddress(client, 'default'))) throw new Error(bed.said.join('\n'));
    });
    const binding = { group: 'elbv2.k8s.aws', version: 'v1beta1', plural: 'targetgroupbindings', namespace: 'default' };
    await client.customObjects.createNamespacedCustomObject({
      ...binding,
      body: {
        apiVersion: 'elbv2.k8s.aws/v1beta1',
        kind: 'TargetGroupBinding',
        metadata: { name: 'web', finalizers: ['elbv2.k8s.aws/resources'] },
        spec: {},
      },
    });
    const told: string[] = [];
    const uninstall = (timeoutSeconds: number) =>
      uninstallPlatform({
        settings: bed.settings,
        access: bed.cluster.access,
        charts: bed.cloud.platformCharts!(bed.request.spec),
        clusterGoes: true,
        timeoutSeconds,
        report: ({ waitingFor }) => told.push(waitingFor ?? ''),
      });
    expect(await uninstall(6)).toMatchObject({
      removed: 0,
      leftovers: [
        {
          step: 'platform',
          resource: 'TargetGroupBinding default/web',
          reason: 'waits for finalizer elbv2.k8s.aws/resources',
        },
      ],
    });
    expect(told.join()).toContain('ingress default/web: waits for the controller that holds ingress.k8s.aws/resources');
    expect(await bed.balancers()).toEqual([]);
    // Without the controller nobody could ever let go of it.
    expect(await states()).toEqual(['deployed', 'deployed']);
    const body = { metadata: { finalizers: null } };
    await client.customObjects.patchNamespacedCustomObject({ ...binding, name: 'web', body }, mergePatch);
  });

  test('gives back dynamic volumes and what uses them, and leaves those that are to be kept', async () => {
    const { client } = bed.cluster;
    const volume = (name: string, policy: string) => ({
      metadata: {
        name,
        annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' },
        finalizers: ['test/hold'],
      },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: policy,
        storageClassName: 'gp3',
        csi: { driver: 'ebs.csi.aws.com', volumeHandle: name },
        claimRef: { namespace: 'default', name },
      },
    });
    for (const [name, policy] of [
      ['goes', 'Delete'],
      ['stays', 'Retain'],
    ] as const) {
      await client.core.createPersistentVolume({ body: volume(name, policy) });
      await client.core.createNamespacedPersistentVolumeClaim({
        namespace: 'default',
        body: {
          metadata: { name },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'gp3',
            volumeName: name,
            resources: { requests: { storage: '1Gi' } },
          },
        },
      });
    }
    await until('both claims have their volumes', async () => {
      const { items } = await client.core.listPersistentVolume();
      expect(items.map(({ status }) => status?.phase)).toEqual(['Bound', 'Bound']);
    });
    const labels = { app: 'user' };
    await client.apps.createNamespacedDeployment({
      namespace: 'default',
      body: {
        metadata: { name: 'user' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [{ name: 'user', image: 'user' }],
              volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'goes' } }],
            },
          },
        },
      },
    });
    await until('a pod uses the claim', async () => {
      const { items } = await client.core.listNamespacedPod({ namespace: 'default', labelSelector: 'app=user' });
      expect(items).toHaveLength(1);
    });
    const told: string[] = [];
    const removal = uninstallPlatform({
      settings: bed.settings,
      access: bed.cluster.access,
      charts: bed.cloud.platformCharts!(bed.request.spec),
      clusterGoes: true,
      timeoutSeconds: 60,
      report: ({ waitingFor }) => told.push(waitingFor ?? ''),
    });
    // What the volume's driver does once its claim is gone.
    await until('the claim is gone and the volume waited for', async () => {
      const { status } = await client.core.readPersistentVolume({ name: 'goes' });
      expect(status?.phase).toMatch(/Released|Failed/);
      expect(told.join()).toContain('volume goes');
    });
    await client.core.deletePersistentVolume({ name: 'goes' });
    await client.core.patchPersistentVolume({ name: 'goes', body: { metadata: { finalizers: null } } }, mergePatch);
    expect(await removal).toMatchObject({ removed: 2, leftovers: [] });
    await expect(client.apps.readNamespacedDeployment({ namespace: 'default', name: 'user' })).rejects.toMatchObject({
      code: 'HGR-411',
    });
    expect((await client.core.readPersistentVolume({ name: 'stays' })).status?.phase).toBe('Bound');
  });

  test('is gone: no release, no definition, no ingress class; and again', async () => {
    const { client } = bed.cluster;
    expect(await states()).toEqual([undefined, undefined]);
    expect((await client.extensions.listCustomResourceDefinition()).items).toEqual([]);
    expect((await client.networking.listIngressClass()).items).toEqual([]);
    expect((await run('uninstallPlatform')).result).toMatchObject({ changes: { remove: 0 }, leftovers: [] });
  });

  test('of a cluster that is gone, or that never was, is nothing to do; one that does not answer is an error', async () => {
    const gone = { clusterAccess: () => Promise.reject(new HangarError('HGR-413', 'is not there')) };
    expect((await run('uninstallPlatform', gone)).result).toMatchObject({ changes: { remove: 0 }, leftovers: [] });
    const early: StepRequest = { ...bed.request, outputs: {} };
    expect((await run('uninstallPlatform', {}, early)).result.notes?.[0]).toContain('no cluster');
    const silent = { clusterAccess: async () => ({ ...bed.cluster.access, server: 'https://127.0.0.1:1' }) };
    await expect(run('uninstallPlatform', silent)).rejects.toMatchObject({ type: 'HGR-401' });
  });
});

describe.sequential('credentials', () => {
  test('go into the cluster, and nowhere else', async () => {
    const { result, beats } = await run('writeCredentials');
    expect(result.outputs).toEqual({ database_secret_name: 'flyte-db' });
    const { data } = await bed.cluster.client.core.readNamespacedSecret({ namespace: 'flyte', name: 'flyte-db' });
    expect(Object.keys(data ?? {})).toEqual(['pass.txt']);
    expect(Buffer.from(data?.['pass.txt'] ?? '', 'base64').toString()).toBe(password);
    expect(JSON.stringify({ result, beats })).not.toContain(password);
  });

  test.each([
    ['no JSON', `${password} is not JSON`],
    ['no password in it', JSON.stringify({ secret: password })],
    ['an empty password', JSON.stringify({ password: '', other: password })],
    ['null', 'null'],
  ])('a stored secret with %s is HGR-410, and not quoted', async (_, stored) => {
    const failure = await run('writeCredentials', { readSecret: async () => stored }).then(
      () => expect.unreachable(),
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ type: 'HGR-410' });
    expect(`${JSON.stringify(failure)} ${(failure as Error).stack}`).not.toContain(password);
  });

  test('are removed with the namespace that was made for them, and again', async () => {
    expect((await run('removeCredentials')).result.changes).toEqual({ add: 0, change: 0, remove: 2 });
    await expect(bed.cluster.client.core.readNamespace({ name: 'flyte' })).rejects.toMatchObject({ code: 'HGR-411' });
    expect((await run('removeCredentials')).result.changes.remove).toBe(0);
  });

  test('leave a namespace that others made', async () => {
    await bed.cluster.client.core.createNamespace({ body: { metadata: { name: 'flyte' } } });
    await run('writeCredentials');
    expect((await run('removeCredentials')).result.changes.remove).toBe(1);
    expect((await bed.cluster.client.core.readNamespace({ name: 'flyte' })).status?.phase).toBe('Active');
  });

  test('of a cluster that is gone are gone', async () => {
    const gone = { clusterAccess: () => Promise.reject(new HangarError('HGR-413', 'is not there')) };
    expect((await run('removeCredentials', gone)).result.changes.remove).toBe(0);
  });
});
