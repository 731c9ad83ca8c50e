import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../../../src/flyte/adminClient.js';
import { deployedVersion } from '../../../src/flyte/deployedVersion.js';
import { namespaceProblems } from '../../../src/flyte/namespaceProblems.js';
import { removeFlyte } from '../../../src/flyte/removeFlyte.js';
import type { SmokeContext } from '../../../src/flyte/smoke/SmokeCheck.js';
import { runSmokeChecks } from '../../../src/flyte/smoke/smokeChecks.js';
import type { SmokeCheckReport } from '../../../src/graph/StepOutputs.js';
import type { DeploymentSpec } from '../../../src/spec/DeploymentSpec.js';
import { flyteSpec } from '../../flyte/flyteFixture.js';
import { type FlyteBed, grantBucket, startFlyteBed } from './FlyteBed.js';

let bed: FlyteBed;

beforeAll(async () => {
  bed = await startFlyteBed();
});
afterAll(() => bed?.stop());

let runs = 0;
const taskAnnotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/research-task' };

/** The product's smoke checks, by the product's port-forward. */
async function smoke(spec: DeploymentSpec): Promise<Record<string, SmokeCheckReport>> {
  const forward = await bed.forward(spec);
  try {
    const context: SmokeContext = {
      spec,
      admin: adminClient({ baseUrl: `http://127.0.0.1:${forward.port}` }),
      run: `run-${++runs}`,
      deployedVersion: () => deployedVersion(bed.client, spec),
      namespaceProblems: () => namespaceProblems(bed.client, spec, taskAnnotations),
      bucketUrl: bed.outputs.bucket!.bucket_url,
      settings: { dnsServers: [] },
      pollMs: 100,
    };
    const reports = await runSmokeChecks(context);
    return Object.fromEntries(reports.map((report) => [report.name, report]));
  } finally {
    await forward.close();
  }
}

const results = (reports: Record<string, SmokeCheckReport>) =>
  Object.fromEntries(Object.entries(reports).map(([name, { result }]) => [name, result]));

const allPassed = {
  health: 'passed',
  version: 'passed',
  projects: 'passed',
  namespaces: 'passed',
  echo: 'passed',
  container: 'passed',
  bucket: 'passed',
  'public address': 'skipped',
};

describe.each(['core', 'binary'] as const)('flyte-%s', (distribution) => {
  const spec = flyteSpec({ flyte: { distribution } });

  test('a right installation passes every check', async () => {
    await bed.install(spec);
    const reports = await smoke(spec);
    expect(Object.values(reports).filter(({ result }) => result === 'failed')).toEqual([]);
    expect(results(reports)).toEqual(allPassed);
    expect(reports.bucket?.message).toContain('s3://research-flyte-123456789012/metadata/propeller/');
  });

  test('namespaces have the deployment label, the task role and the quota', async () => {
    const namespace = 'flytesnacks-production';
    const { metadata } = await bed.client.core.readNamespace({ name: namespace });
    expect(metadata?.labels).toMatchObject({ 'hangar/deployment': 'research' });
    const account = await bed.client.core.readNamespacedServiceAccount({ namespace, name: 'default' });
    expect(account.metadata?.annotations).toEqual(taskAnnotations);
    const quota = await bed.client.core.readNamespacedResourceQuota({ namespace, name: 'project-quota' });
    expect(quota.spec?.hard).toEqual({ 'limits.cpu': '16', 'limits.memory': '64Gi' });
  });

  test('a task role without s3:PutObject fails the bucket check, and only it', async () => {
    await grantBucket(bed.iam, 'research-task', ['s3:GetObject']);
    try {
      const reports = await smoke(spec);
      expect(results(reports)).toEqual({ ...allPassed, bucket: 'failed' });
      expect(reports.bucket?.message).toContain('may not s3:PutObject on arn:aws:s3:::research-flyte-123456789012/');
      expect(reports.bucket?.message).toContain('service account flytesnacks-development/default');
    } finally {
      await grantBucket(bed.iam, 'research-task', ['s3:GetObject', 's3:PutObject']);
    }
  });

  test('a version that is not installed fails the version check', async () => {
    const reports = await smoke(flyteSpec({ flyte: { distribution, version: '1.16.7' } }));
    expect(reports.version).toMatchObject({
      result: 'failed',
      message: 'FlyteAdmin is 1.16.8, the file asks for 1.16.7',
    });
  });

  test('is removed with all that Flyte made at run time, also while an execution runs, and again', async () => {
    const request = { settings: bed.settings, access: bed.access, spec, workflowSeconds: 3 };
    const workflows = { group: 'flyte.lyft.com', version: 'v1alpha1', plural: 'flyteworkflows' };
    const namespace = 'flytesnacks-development';
    await bed.client.customObjects.createNamespacedCustomObject({
      ...workflows,
      namespace,
      body: {
        apiVersion: 'flyte.lyft.com/v1alpha1',
        kind: 'FlyteWorkflow',
        metadata: { name: 'held', namespace, finalizers: ['flyte/flyte-finalizer'] },
      },
    });
    await bed.client.objects.create({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'flyte-pod-webhook' },
      webhooks: [
        {
          name: 'flyte-pod-webhook.flyte.org',
          admissionReviewVersions: ['v1'],
          sideEffects: 'NoneOnDryRun',
          failurePolicy: 'Ignore',
          clientConfig: { service: { namespace: 'flyte', name: 'flyte-pod-webhook', path: '/' } },
          objectSelector: { matchLabels: { 'inject-flyte-secrets': 'true' } },
          rules: [{ apiGroups: ['*'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
      ],
    } as never);

    expect(await removeFlyte(request)).toMatchObject({ removed: true, leftovers: [] });

    const names = (await bed.client.core.listNamespace()).items.map(({ metadata }) => metadata?.name ?? '');
    expect(names.filter((name) => name.startsWith('flytesnacks'))).toEqual([]);
    const definitions = await bed.client.extensions.listCustomResourceDefinition();
    expect(definitions.items.map(({ spec: { group } }) => group)).not.toContain('flyte.lyft.com');
    const hooks = await bed.client.objects.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration');
    expect(hooks.items).toEqual([]);
    expect((await bed.client.core.listNamespacedPod({ namespace: 'flyte' })).items).toEqual([]);

    expect(await removeFlyte(request)).toMatchObject({ removed: false, leftovers: [] });
  });
});
