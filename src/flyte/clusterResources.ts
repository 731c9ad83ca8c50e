import { stringify } from 'yaml';
import type { Json } from '../clouds/Cloud.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { deploymentLabel, flyteDomains } from './flyteRelease.js';
import { flyteSizes } from './flyteSizes.js';

/** Flyte fills this in for each project and domain. */
const namespaceVariable = '{{ namespace }}';

/**
 * Templates of what Flyte makes for each project in each domain, by file name: the namespace, its default service
 * account with the task identity, its quota. Applied in the order of their names.
 * See https://github.com/flyteorg/flyte/blob/v1.16.8/charts/flyte-core/values-eks.yaml (`cluster_resource_manager`).
 * @param taskAnnotations annotations that bind the default service account to the task identity
 */
export function clusterResourceTemplates(
  spec: DeploymentSpec,
  taskAnnotations: Record<string, string>,
): { key: string; value: string }[] {
  const manifests = {
    aa_namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespaceVariable, labels: { [deploymentLabel]: spec.name } },
    },
    ab_default_service_account: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: namespaceVariable, annotations: taskAnnotations },
    },
    ac_project_quota: {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'project-quota', namespace: namespaceVariable },
      spec: { hard: { 'limits.cpu': '{{ projectQuotaCpu }}', 'limits.memory': '{{ projectQuotaMemory }}' } },
    },
  };
  return Object.entries(manifests).map(([key, manifest]) => ({ key, value: stringify(manifest) }));
}

/** The values of the templates' variables in each domain: a list of one-key maps, the form FlyteAdmin reads. */
export function clusterResourceData(spec: DeploymentSpec): Json[] {
  const { projectQuota } = flyteSizes[spec.size];
  return flyteDomains(spec).map((domain) => ({
    [domain]: Object.entries({ projectQuotaCpu: projectQuota.cpu, projectQuotaMemory: projectQuota.memory }).map(
      ([variable, value]) => ({ [variable]: { value } }),
    ),
  }));
}
