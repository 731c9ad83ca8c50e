import type { V1Deployment } from '@kubernetes/client-node';
import { flyteNamespace, flyteRelease } from '../../src/flyte/flyteRelease.js';
import { type ClusterApis, found } from './ClusterApis.js';
import { FlyteConfig } from './FlyteConfig.js';
import { mountedFiles } from './mountedFiles.js';
import { StandInError } from './StandInError.js';

/** Flyte as its chart rendered it: what the stand-in plays. Read anew for each request. */
export interface Installation {
  readonly distribution: 'core' | 'binary';
  /** FlyteAdmin's configuration. */
  readonly admin: FlyteConfig;
  /** FlytePropeller's configuration. */
  readonly propeller: FlyteConfig;
  readonly adminDeployment: V1Deployment;
  readonly propellerReady: boolean;
  /** `v1.16.8` */
  readonly imageTag: string;
  readonly projects: readonly string[];
  /** Service accounts in Flyte's namespace, by component. */
  readonly serviceAccounts: { readonly admin: string; readonly propeller: string };
  /** Whether namespaces are made from the templates. */
  readonly clusterResources: boolean;
  readonly templates: ReadonlyMap<string, string>;
}

/** @throws StandInError (503) while FlyteAdmin is not there or not ready */
export async function readInstallation(apis: ClusterApis): Promise<Installation> {
  for (const distribution of ['core', 'binary'] as const) {
    const adminDeployment = await deployment(apis, flyteRelease(distribution).adminDeployment);
    if (!adminDeployment) continue;
    if (!isReady(adminDeployment)) {
      throw new StandInError(
        'unavailable',
        `deployment ${flyteNamespace}/${adminDeployment.metadata?.name} is not ready`,
      );
    }
    return distribution === 'core' ? readCore(apis, adminDeployment) : readBinary(apis, adminDeployment);
  }
  throw new StandInError('unavailable', `there is no FlyteAdmin in namespace ${flyteNamespace}`);
}

async function readCore(apis: ClusterApis, adminDeployment: V1Deployment): Promise<Installation> {
  const propellerDeployment = await deployment(apis, flyteRelease('core').propellerDeployment);
  if (!propellerDeployment) throw new StandInError('unavailable', 'there is no FlytePropeller');
  const sync = await deployment(apis, 'syncresources');
  const templates = await found(
    apis.core.readNamespacedConfigMap({ namespace: flyteNamespace, name: 'clusterresource-template' }),
  );
  return {
    distribution: 'core',
    admin: new FlyteConfig(await mountedFiles(apis, adminDeployment, '/etc/flyte/config')),
    propeller: new FlyteConfig(await mountedFiles(apis, propellerDeployment, '/etc/flyte/config')),
    adminDeployment,
    propellerReady: isReady(propellerDeployment),
    imageTag: imageTag(adminDeployment),
    projects: seededProjects(adminDeployment),
    serviceAccounts: { admin: serviceAccount(adminDeployment), propeller: serviceAccount(propellerDeployment) },
    clusterResources: sync !== undefined && isReady(sync),
    templates: new Map(Object.entries(templates?.data ?? {})),
  };
}

async function readBinary(apis: ClusterApis, adminDeployment: V1Deployment): Promise<Installation> {
  const config = new FlyteConfig(await mountedFiles(apis, adminDeployment, '/etc/flyte/config.d'));
  const { admin } = config.section('flyte');
  const account = serviceAccount(adminDeployment);
  return {
    distribution: 'binary',
    admin: config,
    propeller: config,
    adminDeployment,
    propellerReady: true,
    imageTag: imageTag(adminDeployment),
    projects: admin.seedProjects,
    serviceAccounts: { admin: account, propeller: account },
    clusterResources: !admin.disableClusterResourceManager,
    templates: await mountedFiles(apis, adminDeployment, '/etc/flyte/cluster-resource-templates'),
  };
}

async function deployment({ apps }: ClusterApis, name: string): Promise<V1Deployment | undefined> {
  return found(apps.readNamespacedDeployment({ namespace: flyteNamespace, name }));
}

function isReady({ status }: V1Deployment): boolean {
  return (status?.readyReplicas ?? 0) > 0;
}

function imageTag({ spec }: V1Deployment): string {
  return /:([^:/]+)$/.exec(spec?.template.spec?.containers[0]?.image ?? '')?.[1] ?? '';
}

function serviceAccount({ spec }: V1Deployment): string {
  return spec?.template.spec?.serviceAccountName ?? 'default';
}

/** flyte-core gives the projects to an init container: `flyteadmin … migrate seed-projects a b`. */
function seededProjects({ spec }: V1Deployment): string[] {
  const seed = spec?.template.spec?.initContainers?.find(({ name }) => name === 'seed-projects');
  const command = seed?.command ?? [];
  return command.slice(command.indexOf('seed-projects') + 1);
}
