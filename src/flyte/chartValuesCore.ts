import { clusterResourceData, clusterResourceTemplates } from './clusterResources.js';
import { flyteDomains } from './flyteRelease.js';
import { flyteSizes, type Resources } from './flyteSizes.js';
import { databaseConfig, type FlyteValuesInput, rawDataPrefix, taskPlugins } from './flyteValuesInput.js';
import type { ChartValues } from './mergeValues.js';

/**
 * Values for the chart flyte-core: every component a Deployment of its own.
 * Keys as in https://github.com/flyteorg/flyte/blob/v1.16.8/charts/flyte-core/values.yaml, valid since 1.13.
 */
export function chartValuesCore(input: FlyteValuesInput) {
  const { spec, outputs, cloud } = input;
  const { components } = spec.flyte;
  const size = flyteSizes[spec.size];
  // Pinned here too, so that a chart from a folder or a mirror installs the version that the file asks for.
  const image = { tag: `v${spec.flyte.version}` };
  const database = { database: databaseConfig(outputs) };
  const account = (identity: 'flyteadmin' | 'flytepropeller' | 'datacatalog' | 'flytescheduler') => ({
    create: true,
    annotations: cloud.serviceAccountAnnotations[identity] ?? {},
  });

  return {
    userSettings: {
      accountNumber: spec.account,
      accountRegion: spec.region,
      bucketName: outputs.bucket.bucket_name,
      rawDataBucketName: outputs.bucket.bucket_name,
      rdsHost: outputs.database.database_host,
    },
    flyteadmin: {
      replicaCount: size.replicas,
      image,
      initialProjects: spec.flyte.projects.map((project) => project.id),
      serviceAccount: account('flyteadmin'),
      service: { annotations: cloud.ingress.adminServiceAnnotations },
      podLabels: cloud.podLabels,
      resources: requestsAndLimits(size.admin),
      affinity: apart('flyteadmin'),
    },
    flytepropeller: {
      // One leads, a second takes over; more would only stand by.
      replicaCount: Math.min(size.replicas, 2),
      image,
      serviceAccount: account('flytepropeller'),
      podLabels: cloud.podLabels,
      resources: requestsAndLimits(size.propeller),
      affinity: apart('flytepropeller'),
    },
    datacatalog: {
      enabled: components.datacatalog,
      replicaCount: size.replicas,
      image,
      serviceAccount: account('datacatalog'),
      service: { type: 'ClusterIP' },
      podLabels: cloud.podLabels,
      resources: requestsAndLimits(size.datacatalog),
      affinity: apart('datacatalog'),
    },
    flytescheduler: {
      image,
      serviceAccount: account('flytescheduler'),
      podLabels: cloud.podLabels,
      resources: requestsAndLimits(size.scheduler),
    },
    flyteconsole: {
      enabled: components.console,
      replicaCount: size.replicas,
      resources: requestsAndLimits(size.console),
      affinity: apart('flyteconsole'),
    },
    webhook: { enabled: true },
    common: {
      databaseSecret: { name: outputs.credentials.database_secret_name },
      ingress: ingress(input),
      flyteNamespaceTemplate: { enabled: false },
    },
    storage: { ...cloud.storage, enableMultiContainer: true, cache: { maxSizeMBs: 1024 } },
    db: { admin: database, datacatalog: database },
    configmap: {
      domain: { domains: flyteDomains(spec).map((id) => ({ id, name: id })) },
      remoteData: { remoteData: cloud.remoteData },
      task_resource_defaults: {
        task_resources: { defaults: { ...size.taskDefaults }, limits: { ...size.taskLimits } },
      },
      ...(cloud.interruptible ? { k8s: { plugins: { k8s: cloud.interruptible } } } : {}),
      enabled_plugins: { tasks: { 'task-plugins': taskPlugins } },
      core: {
        propeller: {
          'rawoutput-prefix': `${outputs.bucket.bucket_url}/${rawDataPrefix}`,
          workers: size.propellerWorkers,
          'kube-client-config': { qps: 100, burst: 200, timeout: '30s' },
        },
      },
      catalog: { 'catalog-cache': { type: components.datacatalog ? 'datacatalog' : 'noop' } },
    },
    workflow_scheduler: workflowScheduler(input),
    workflow_notifications: workflowNotifications(input),
    external_events: cloud.externalEvents ?? { enable: false },
    cluster_resource_manager: {
      enabled: true,
      config: { cluster_resources: { customData: clusterResourceData(spec) } },
      templates: clusterResourceTemplates(spec, cloud.serviceAccountAnnotations.task ?? {}),
    },
  } satisfies ChartValues;
}

function workflowScheduler({ spec, cloud }: FlyteValuesInput): ChartValues {
  if (spec.flyte.components.scheduler === 'native') return { enabled: true, type: 'native' };
  // The chart passes a scheduler block to FlyteAdmin only under this type.
  if (cloud.scheduler) return { enabled: true, type: 'aws', config: { scheduler: cloud.scheduler } };
  return { enabled: false };
}

function workflowNotifications({ cloud }: FlyteValuesInput): ChartValues {
  return cloud.notifications ? { enabled: true, config: { notifications: cloud.notifications } } : { enabled: false };
}

/** No domain, no way in from outside. */
function ingress({ spec, cloud }: FlyteValuesInput): ChartValues {
  if (!spec.domain) return { enabled: false };
  return {
    enabled: true,
    host: spec.domain,
    ingressClassName: cloud.ingress.className,
    annotations: cloud.ingress.annotations,
    separateGrpcIngress: true,
    separateGrpcIngressAnnotations: cloud.ingress.grpcAnnotations,
    tls: { enabled: cloud.ingress.tls },
  };
}

function requestsAndLimits({ cpu, memory }: Resources) {
  const storage = { 'ephemeral-storage': '200Mi' };
  return { requests: { cpu, memory, ...storage }, limits: { cpu, memory, ...storage } };
}

/** Replicas on different nodes where there are enough. */
function apart(name: string) {
  const podAffinityTerm = {
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    topologyKey: 'kubernetes.io/hostname',
  };
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] } };
}
