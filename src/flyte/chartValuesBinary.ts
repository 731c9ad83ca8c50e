import type { Json } from '../clouds/Cloud.js';
import { clusterResourceData, clusterResourceTemplates } from './clusterResources.js';
import { flyteDomains, flyteReleaseName } from './flyteRelease.js';
import { flyteSizes } from './flyteSizes.js';
import {
  databaseConfig,
  databasePasswordPath,
  type FlyteValuesInput,
  rawDataPrefix,
  taskPlugins,
} from './flyteValuesInput.js';
import { type ChartValues, isMap } from './mergeValues.js';

/**
 * Values for the chart flyte-binary: all components in one process, under FlyteAdmin's identity.
 * Keys as in https://github.com/flyteorg/flyte/blob/v1.16.8/charts/flyte-binary/values.yaml, valid since 1.13.
 */
export function chartValuesBinary(input: FlyteValuesInput) {
  const { spec, outputs, cloud } = input;
  const { components } = spec.flyte;
  const size = flyteSizes[spec.size];
  const projects = spec.flyte.projects.map((project) => project.id);

  return {
    fullnameOverride: flyteReleaseName,
    'flyte-core-components': {
      admin: {
        disableScheduler: components.scheduler !== 'native',
        disableClusterResourceManager: false,
        seedProjects: projects,
        seedProjectsWithDetails: projects.map((name) => ({ name, description: `${spec.name}: ${name}` })),
      },
      dataCatalog: { disabled: !components.datacatalog },
    },
    configuration: {
      database: databaseConfig(outputs),
      storage: cloud.storage,
      inline: withoutTemplates(inlineConfig(input)),
    },
    enabled_plugins: { tasks: { 'task-plugins': taskPlugins } },
    clusterResourceTemplates: {
      inline: Object.fromEntries(
        clusterResourceTemplates(spec, cloud.serviceAccountAnnotations.task ?? {}).map(({ key, value }) => [
          `${key}.yaml`,
          value,
        ]),
      ),
    },
    deployment: {
      // The published chart's default is `latest`.
      image: { tag: `v${spec.flyte.version}` },
      resources: { requests: { ...size.binary }, limits: { ...size.binary } },
      podLabels: cloud.podLabels,
      extraVolumes: [{ name: 'database-password', secret: { secretName: outputs.credentials.database_secret_name } }],
      extraVolumeMounts: [
        { name: 'database-password', mountPath: databasePasswordPath.replace(/\/[^/]*$/, ''), readOnly: true },
      ],
    },
    // The account that FlyteAdmin's identity trusts; in one process the components share it.
    serviceAccount: {
      create: true,
      name: 'flyteadmin',
      annotations: cloud.serviceAccountAnnotations.flyteadmin ?? {},
    },
    service: { httpAnnotations: cloud.ingress.adminServiceAnnotations },
    ingress: ingress(input),
  } satisfies ChartValues;
}

/** Configuration that the chart has no values for: merged over what it renders itself. */
function inlineConfig({ spec, outputs, cloud }: FlyteValuesInput): ChartValues {
  const size = flyteSizes[spec.size];
  return {
    domains: flyteDomains(spec).map((id) => ({ id, name: id })),
    remoteData: cloud.remoteData,
    task_resources: { defaults: { ...size.taskDefaults }, limits: { ...size.taskLimits } },
    cluster_resources: { customData: clusterResourceData(spec) },
    propeller: {
      'rawoutput-prefix': `${outputs.bucket.bucket_url}/${rawDataPrefix}`,
      workers: size.propellerWorkers,
      'kube-client-config': { qps: 100, burst: 200, timeout: '30s' },
    },
    storage: { 'enable-multicontainer': true, cache: { max_size_mbs: 1024, target_gc_percent: 70 } },
    ...(spec.flyte.components.datacatalog ? {} : { 'catalog-cache': { type: 'noop' } }),
    ...(cloud.interruptible ? { plugins: { k8s: cloud.interruptible } } : {}),
    ...(cloud.scheduler ? { scheduler: cloud.scheduler } : {}),
    ...(cloud.notifications ? { notifications: cloud.notifications } : {}),
    ...(cloud.externalEvents ? { externalEvents: cloud.externalEvents } : {}),
  };
}

/** The chart runs the inline configuration through Helm's templates; Flyte's own `{{ … }}` must come out unchanged. */
function withoutTemplates(value: ChartValues): ChartValues {
  const verbatim = (json: Json): Json => {
    if (typeof json === 'string') return json.replaceAll('{{', '{{`{{`}}');
    if (Array.isArray(json)) return json.map(verbatim);
    return isMap(json) ? withoutTemplates(json) : json;
  };
  return Object.fromEntries(Object.entries(value).map(([key, json]) => [key, verbatim(json)]));
}

/** No domain, no way in from outside. */
function ingress({ spec, cloud }: FlyteValuesInput): ChartValues {
  if (!spec.domain) return { create: false };
  return {
    create: true,
    host: spec.domain,
    ingressClassName: cloud.ingress.className,
    commonAnnotations: cloud.ingress.annotations,
    separateGrpcIngress: true,
    grpcAnnotations: cloud.ingress.grpcAnnotations,
    tls: cloud.ingress.tls ? [{ hosts: [spec.domain], secretName: `${flyteReleaseName}-flyte-tls` }] : [],
  };
}
