import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { flyteValues } from '../../src/clouds/aws/flyteValues.js';
import type { Json } from '../../src/clouds/Cloud.js';
import { chartValues } from '../../src/flyte/chartValues.js';
import { flyteValuesInput } from '../../src/flyte/flyteValuesInput.js';
import { type ChartValues, isMap } from '../../src/flyte/mergeValues.js';
import { flyteOutputs, flyteSpec, valuesOf } from './flyteFixture.js';

const sizes = ['small', 'medium', 'large'] as const;
const distributions = ['core', 'binary'] as const;
const role = (identity: string) => ({
  'eks.amazonaws.com/role-arn': `arn:aws:iam::123456789012:role/research-${identity}`,
});

function at(values: ChartValues, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isMap(value) ? value[key] : undefined), values);
}

/** flyte-binary's free configuration, as Helm's template engine leaves it. */
function inline(values: ChartValues): ChartValues {
  return JSON.parse(JSON.stringify(at(values, 'configuration', 'inline')).replaceAll('{{`{{`}}', '{{'));
}

describe('flyte-core', () => {
  test('database, storage and secret come from the outputs; the password does not', () => {
    const values = valuesOf();
    const database = {
      host: 'research.cluster-abc.us-east-1.rds.amazonaws.com',
      port: 5432,
      dbname: 'flyteadmin',
      username: 'flyteadmin',
      passwordPath: '/etc/db/pass.txt',
      options: 'sslmode=require',
    };
    expect(values.db).toEqual({ admin: { database }, datacatalog: { database } });
    expect(at(values, 'common', 'databaseSecret')).toEqual({ name: 'flyte-db' });
    expect(values.storage).toMatchObject({
      type: 's3',
      bucketName: 'research-flyte-123456789012',
      s3: { region: 'us-east-1', authType: 'iam' },
      enableMultiContainer: true,
    });
    expect(at(values, 'configmap', 'core', 'propeller', 'rawoutput-prefix')).toBe(
      's3://research-flyte-123456789012/raw-data',
    );
  });

  test('each component has its own identity', () => {
    const values = valuesOf();
    for (const component of ['flyteadmin', 'flytepropeller', 'datacatalog', 'flytescheduler']) {
      expect(at(values, component, 'serviceAccount')).toEqual({ create: true, annotations: role(component) });
    }
  });

  test.each(sizes)('size %s: replicas and quotas', (size) => {
    const replicas = { small: 1, medium: 2, large: 3 }[size];
    const values = valuesOf({ size });
    expect(['flyteadmin', 'datacatalog', 'flyteconsole'].map((name) => at(values, name, 'replicaCount'))).toEqual(
      Array(3).fill(replicas),
    );
    expect(at(values, 'flytepropeller', 'replicaCount')).toBe(Math.min(replicas, 2));
    const quota = { small: '16', medium: '128', large: '1024' }[size];
    const [development] = at(values, 'cluster_resource_manager', 'config', 'cluster_resources', 'customData') as Json[];
    expect(development).toMatchObject({ development: [{ projectQuotaCpu: { value: quota } }, {}] });
  });

  test('the scheduler is native, of the cloud with its queue, or none', () => {
    const scheduler = (kind: 'native' | 'cloud' | 'off') =>
      valuesOf({ flyte: { components: { scheduler: kind } } }).workflow_scheduler;
    expect(scheduler('native')).toEqual({ enabled: true, type: 'native' });
    expect(scheduler('off')).toEqual({ enabled: false });
    expect(scheduler('cloud')).toMatchObject({
      enabled: true,
      type: 'aws',
      config: {
        scheduler: {
          eventScheduler: {
            scheme: 'aws',
            region: 'us-east-1',
            scheduleRole: 'arn:aws:iam::123456789012:role/research-scheduler-target',
            targetName: 'arn:aws:sqs:us-east-1:123456789012:research-scheduler',
            scheduleNamePrefix: 'research-flyte',
          },
          workflowExecutor: { scheme: 'aws', scheduleQueueName: 'research-scheduler', accountId: '123456789012' },
        },
      },
    });
  });

  test('components that are off are off, and the catalog is not asked where there is none', () => {
    const off = valuesOf({ flyte: { components: { console: false, datacatalog: false, notifications: false } } });
    expect(at(off, 'flyteconsole', 'enabled')).toBe(false);
    expect(at(off, 'datacatalog', 'enabled')).toBe(false);
    expect(at(off, 'configmap', 'catalog', 'catalog-cache', 'type')).toBe('noop');
    expect(off.workflow_notifications).toEqual({ enabled: false });
    const on = valuesOf();
    expect(at(on, 'configmap', 'catalog', 'catalog-cache', 'type')).toBe('datacatalog');
    expect(on.workflow_notifications).toMatchObject({
      enabled: true,
      config: {
        notifications: {
          type: 'aws',
          publisher: { topicName: 'arn:aws:sns:us-east-1:123456789012:research-notifications' },
          processor: { queueName: 'research-notifications', accountId: '123456789012' },
        },
      },
    });
  });
});

describe('flyte-binary', () => {
  test('database and storage come from the outputs, the password from the mounted secret', () => {
    const values = valuesOf({ flyte: { distribution: 'binary' } });
    expect(at(values, 'configuration', 'database')).toMatchObject({
      host: 'research.cluster-abc.us-east-1.rds.amazonaws.com',
      passwordPath: '/etc/db/pass.txt',
      options: 'sslmode=require',
    });
    expect(at(values, 'deployment', 'extraVolumes')).toEqual([
      { name: 'database-password', secret: { secretName: 'flyte-db' } },
    ]);
    expect(at(values, 'deployment', 'extraVolumeMounts')).toMatchObject([{ mountPath: '/etc/db', readOnly: true }]);
    expect(at(values, 'configuration', 'storage')).toMatchObject({
      provider: 's3',
      metadataContainer: 'research-flyte-123456789012',
      userDataContainer: 'research-flyte-123456789012',
    });
    expect(values.serviceAccount).toMatchObject({ name: 'flyteadmin', annotations: role('flyteadmin') });
  });

  test('has in its free configuration what the core chart has values for', () => {
    const core = valuesOf({ flyte: { components: { scheduler: 'cloud' } } });
    const binary = inline(valuesOf({ flyte: { distribution: 'binary', components: { scheduler: 'cloud' } } }));
    expect(binary.scheduler).toEqual(at(core, 'workflow_scheduler', 'config', 'scheduler'));
    expect(binary.notifications).toEqual(at(core, 'workflow_notifications', 'config', 'notifications'));
    expect(binary.externalEvents).toEqual(core.external_events);
    expect(binary.remoteData).toEqual(at(core, 'configmap', 'remoteData', 'remoteData'));
    expect(binary.task_resources).toEqual(at(core, 'configmap', 'task_resource_defaults', 'task_resources'));
    expect(at(binary, 'cluster_resources', 'customData')).toEqual(
      at(core, 'cluster_resource_manager', 'config', 'cluster_resources', 'customData'),
    );
    expect(at(binary, 'domains')).toEqual(at(core, 'configmap', 'domain', 'domains'));
  });

  test('no template of Flyte is left for Helm to read', () => {
    const configuration = JSON.stringify(
      at(valuesOf({ flyte: { distribution: 'binary' } }), 'configuration', 'inline'),
    );
    expect(configuration).toContain('{{`{{`}} workflow.name }}');
    expect(configuration.replaceAll('{{`{{`}}', '')).not.toContain('{{');
  });
});

describe.each(distributions)('flyte-%s', (distribution) => {
  const flyte = { distribution };

  test('pins the version that the file asks for', () => {
    const values = valuesOf({ flyte: { ...flyte, version: '1.15.3' } });
    const tag =
      distribution === 'core' ? at(values, 'flyteadmin', 'image', 'tag') : at(values, 'deployment', 'image', 'tag');
    expect(tag).toBe('v1.15.3');
  });

  test('makes the projects, and namespaces with the task identity in every domain that some project has', () => {
    const projects = [
      { id: 'one', domains: ['development'] },
      { id: 'two', domains: ['development', 'live'] },
    ];
    const values = valuesOf({ flyte: { ...flyte, projects } });
    const seeded =
      distribution === 'core'
        ? at(values, 'flyteadmin', 'initialProjects')
        : at(values, 'flyte-core-components', 'admin', 'seedProjects');
    expect(seeded).toEqual(['one', 'two']);
    const domains = distribution === 'core' ? at(values, 'configmap', 'domain', 'domains') : inline(values).domains;
    expect(domains).toEqual([
      { id: 'development', name: 'development' },
      { id: 'live', name: 'live' },
    ]);
    const templates =
      distribution === 'core'
        ? (at(values, 'cluster_resource_manager', 'templates') as { key: string; value: string }[]).map(
            ({ value }) => value,
          )
        : Object.values(at(values, 'clusterResourceTemplates', 'inline') as Record<string, string>);
    const [namespace, account, quota] = templates.map((template) => parse(template));
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { labels: { 'hangar/deployment': 'research' } } });
    expect(account).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: '{{ namespace }}', annotations: role('task') },
    });
    expect(quota.spec.hard['limits.cpu']).toBe('{{ projectQuotaCpu }}');
  });

  test('enables the echo plugin, which the first smoke task needs', () => {
    const values = valuesOf({ flyte });
    const plugins = distribution === 'core' ? at(values, 'configmap', 'enabled_plugins') : values.enabled_plugins;
    expect(plugins).toMatchObject({
      tasks: { 'task-plugins': { 'enabled-plugins': expect.arrayContaining(['echo']) } },
    });
  });

  test('interruptible tasks run on spot nodes where there are any, and anywhere else', () => {
    const plugin = (change: Parameters<typeof valuesOf>[0] = {}) => {
      const values = valuesOf({ ...change, flyte: { distribution } });
      return distribution === 'core'
        ? at(values, 'configmap', 'k8s', 'plugins', 'k8s')
        : at(inline(values), 'plugins', 'k8s');
    };
    expect(plugin()).toEqual({
      'interruptible-tolerations': [{ key: 'hangar/spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
      'interruptible-node-selector-requirement': { key: 'hangar/spot', operator: 'In', values: ['true'] },
    });
    const pool = { name: 'system', instanceTypes: ['m7i.large'], min: 1, max: 2 };
    expect(plugin({ cluster: { nodePools: [pool] } })).toBeUndefined();
  });

  test('without a domain nothing leads in from outside', () => {
    const values = valuesOf({ flyte });
    expect(distribution === 'core' ? at(values, 'common', 'ingress') : values.ingress).toEqual(
      distribution === 'core' ? { enabled: false } : { create: false },
    );
  });

  test('with a domain the load balancer is as open as the cluster is', () => {
    const scheme = 'alb.ingress.kubernetes.io/scheme';
    const cidrs = 'alb.ingress.kubernetes.io/inbound-cidrs';
    const annotations = (publicAccess: string[]) => {
      const values = valuesOf({ flyte, domain: 'flyte.example.com', cluster: { publicAccess } });
      const ingress = (distribution === 'core' ? at(values, 'common', 'ingress') : values.ingress) as ChartValues;
      expect(ingress).toMatchObject({ host: 'flyte.example.com', ingressClassName: 'alb', separateGrpcIngress: true });
      return (ingress.annotations ?? ingress.commonAnnotations) as Record<string, string>;
    };
    expect(annotations([])).toMatchObject({
      [scheme]: 'internal',
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:us-east-1:123456789012:certificate/1',
      'alb.ingress.kubernetes.io/ssl-redirect': '443',
    });
    expect(annotations([])).not.toHaveProperty(cidrs);
    expect(annotations(['203.0.113.0/24', '198.51.100.7/32'])).toMatchObject({
      [scheme]: 'internet-facing',
      [cidrs]: '203.0.113.0/24,198.51.100.7/32',
    });
  });

  test('says nothing that is undefined: every value is JSON', () => {
    for (const size of sizes) {
      for (const scheduler of ['native', 'cloud', 'off'] as const) {
        const values = valuesOf({ size, domain: 'flyte.example.com', flyte: { ...flyte, components: { scheduler } } });
        expect(JSON.parse(JSON.stringify(values))).toStrictEqual(values);
      }
    }
  });
});

describe("the file's own values", () => {
  test('win over what was built, key by key', () => {
    const values = valuesOf({ flyte: { values: { flyteadmin: { replicaCount: 7 }, secrets: { extra: true } } } });
    expect(values.flyteadmin).toMatchObject({ replicaCount: 7, image: { tag: 'v1.16.8' } });
    expect(values.secrets).toEqual({ extra: true });
  });

  test('that cannot be right are HGR-404, all of them, with the nearest key', () => {
    const wrong = { flyteAdmin: {}, configmap: 'none', flytepropeller: { image: ['v1'] } };
    expect(() => valuesOf({ flyte: { values: wrong } })).toThrow(
      expect.objectContaining({
        code: 'HGR-404',
        problems: [
          { message: 'the chart has no value flyteAdmin', path: 'flyte.values.flyteAdmin', suggestion: 'flyteadmin' },
          { message: 'must be a map, not a single value', path: 'flyte.values.configmap' },
          { message: 'must be a map, not a list', path: 'flyte.values.flytepropeller.image' },
        ],
      }),
    );
  });

  test('may have keys of their own for a chart of their own, and nulls to take defaults away', () => {
    const values = { ours: { a: 1 }, webhook: null };
    expect(valuesOf({ flyte: { chart: '/charts/flyte', values } })).toMatchObject(values);
  });
});

test('missing outputs are a defect, by name', () => {
  const spec = flyteSpec();
  const cloud = flyteValues({ spec, outputs: flyteOutputs });
  const { database: _, ...others } = flyteOutputs;
  expect(() => chartValues(flyteValuesInput(spec, others, cloud))).toThrow(
    expect.objectContaining({ code: 'HGR-901', message: expect.stringContaining('database') }),
  );
});
