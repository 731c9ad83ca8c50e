import { createHash } from 'node:crypto';
import { type KubernetesObject, PatchStrategy } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { type ClusterApis, isConflict } from './ClusterApis.js';
import type { Installation } from './Installation.js';

/** Templates that were applied, each once per namespace and content, as FlyteAdmin does it. */
export type AppliedTemplates = Set<string>;

/** A template filled in for one project and domain. */
interface PendingTemplate {
  readonly mark: string;
  readonly manifest: string;
}

/**
 * What the cluster-resource templates say for each project in each domain (namespaces, service accounts, quotas) and
 * that was not applied yet, in order.
 * @throws an Error for a template with a variable that the domain's data does not have
 */
export function pendingClusterResources(installation: Installation, applied: AppliedTemplates): PendingTemplate[] {
  if (!installation.clusterResources) return [];
  const { customData } = installation.admin.section('cluster_resources');
  const templates = [...installation.templates].sort(([a], [b]) => a.localeCompare(b));
  return installation.projects.flatMap((project) =>
    installation.admin.section('domains').flatMap(({ id: domain }) => {
      const variables = new Map([
        ['project', project],
        ['domain', domain],
        ['namespace', `${project}-${domain}`],
      ]);
      for (const entry of customData.flatMap((data) => data[domain] ?? [])) {
        for (const [variable, { value }] of Object.entries(entry)) variables.set(variable, value);
      }
      return templates
        .map(([file, template]) => {
          const manifest = fill(template, variables, file);
          const mark = createHash('sha256').update(`${project}/${domain}/${file}/${manifest}`).digest('hex');
          return { mark, manifest };
        })
        .filter(({ mark }) => !applied.has(mark));
    }),
  );
}

/** Makes what is pending; what is there already is brought up to date. */
export async function applyClusterResources(
  pending: readonly PendingTemplate[],
  { objects }: Pick<ClusterApis, 'objects'>,
  applied: AppliedTemplates,
): Promise<void> {
  for (const { mark, manifest } of pending) {
    await apply(objects, parse(manifest) as KubernetesObject);
    applied.add(mark);
  }
}

function fill(template: string, variables: ReadonlyMap<string, string>, file: string): string {
  return template.replace(/\{\{ (\w+) \}\}/g, (_, variable: string) => {
    const value = variables.get(variable);
    if (value === undefined) throw new Error(`template ${file}: no value for {{ ${variable} }}`);
    return value;
  });
}

async function apply(objects: ClusterApis['objects'], manifest: KubernetesObject): Promise<void> {
  try {
    await objects.create(manifest);
  } catch (error) {
    if (!isConflict(error)) throw error;
    await objects.patch(manifest, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
  }
}
