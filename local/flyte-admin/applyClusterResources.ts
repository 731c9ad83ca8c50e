import { createHash } from 'node:crypto';
import { type KubernetesObject, PatchStrategy } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { type ClusterApis, isConflict } from './ClusterApis.js';
import type { Installation } from './Installation.js';

/** Templates that were applied, each once per namespace and content, as FlyteAdmin does it. */
export type AppliedTemplates = Set<string>;

/**
 * Makes what the cluster-resource templates say for each project in each domain: namespaces, service accounts, quotas.
 * What is there already is brought up to date.
 * @throws an Error for a template with a variable that the domain's data does not have
 */
export async function applyClusterResources(
  installation: Installation,
  { objects }: Pick<ClusterApis, 'objects'>,
  applied: AppliedTemplates,
): Promise<void> {
  if (!installation.clusterResources) return;
  const { customData } = installation.admin.section('cluster_resources');
  const templates = [...installation.templates].sort(([a], [b]) => a.localeCompare(b));
  for (const project of installation.projects) {
    for (const { id: domain } of installation.admin.section('domains')) {
      const variables = new Map<string, string>([
        ['project', project],
        ['domain', domain],
        ['namespace', `${project}-${domain}`],
      ]);
      for (const entry of customData.flatMap((data) => data[domain] ?? [])) {
        for (const [variable, { value }] of Object.entries(entry)) variables.set(variable, value);
      }
      for (const [file, template] of templates) {
        const manifest = fill(template, variables, file);
        const mark = createHash('sha256').update(`${project}/${domain}/${file}/${manifest}`).digest('hex');
        if (applied.has(mark)) continue;
        await apply(objects, parse(manifest) as KubernetesObject);
        applied.add(mark);
      }
    }
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
