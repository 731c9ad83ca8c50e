import { HangarError } from '../errors/HangarError.js';
import { flyteRelease } from '../flyte/flyteRelease.js';
import type { Manifest } from '../graph/Manifest.js';
import type { DeploymentOutputs } from '../graph/StepOutputs.js';
import { type DeploymentTarget, stateTarget } from './DeploymentTarget.js';
import { describeDeployment } from './describeDeployment.js';
import type { HangarClient } from './HangarClient.js';
import { loadManifest } from './readManifests.js';

/** What a person or program needs to use a deployment. Null: the deployment has none, or not yet. */
export interface OutputsReport {
  readonly name: string;
  /** Address of Flyte's web console; null without a domain or a console. */
  readonly console: string | null;
  /** Address for flytectl and SDKs, `dns:///host`; null without a domain. */
  readonly grpc: string | null;
  /** Without a domain, the console and API are reached by this command. */
  readonly portForwardCommand: string | null;
  readonly kubeconfigCommand: string | null;
  readonly bucket: string | null;
  readonly databaseHost: string | null;
  readonly cost: CostReport;
  /** Every output of every step that stands. */
  readonly outputs: DeploymentOutputs;
}

/** An estimate from list prices, in US dollars. */
export interface CostReport {
  readonly hourlyUsd: number;
  /** Since the deployment was first made. */
  readonly soFarUsd: number;
  readonly hours: number;
  readonly source: string;
}

/**
 * The addresses, commands and cost of a deployment. Reads its manifest, so it needs the cloud's credentials.
 * @throws HangarError HGR-604 where there is no such deployment, HGR-201 and others of the cloud's
 */
export async function deploymentOutputs(
  client: HangarClient | undefined,
  key: DeploymentTarget,
): Promise<OutputsReport> {
  const state = stateTarget(key) ?? stateTarget(await describeDeployment(client, key));
  const manifest = state && (await loadManifest({ ...state, name: key.name }));
  if (!manifest) {
    throw new HangarError('HGR-604', `There is no deployment ${key.name}.`, {
      resource: key.name,
      next: 'Look with `hangar list`.',
    });
  }
  const { cloudByName } = await import('../clouds/cloudByName.js');
  const cloud = cloudByName(manifest.spec.cloud);
  const { total, source } = cloud.hourlyCost(manifest.spec);
  const cluster = manifest.outputs.cluster?.cluster_name;
  return {
    ...addresses(manifest),
    kubeconfigCommand: cluster ? cloud.kubeconfigCommand(manifest.spec, cluster) : null,
    cost: costSoFar(total, source, manifest.createdAt, new Date()),
  };
}

/** What follows from the manifest alone. */
export function addresses({ name, spec, outputs }: Manifest): Omit<OutputsReport, 'kubeconfigCommand' | 'cost'> {
  const { domain, flyte } = spec;
  const stands = outputs.flyte !== undefined;
  const { adminService } = flyteRelease(flyte.distribution);
  return {
    name,
    console: domain && stands && flyte.components.console ? `https://${domain}/console` : null,
    grpc: domain && stands ? `dns:///${domain}` : null,
    portForwardCommand:
      !domain && outputs.flyte
        ? `kubectl --namespace ${outputs.flyte.namespace} port-forward service/${adminService.name} 8088:${adminService.port}`
        : null,
    bucket: outputs.bucket?.bucket_url ?? null,
    databaseHost: outputs.database?.database_host ?? null,
    outputs,
  };
}

export function costSoFar(hourlyUsd: number, source: string, since: string, now: Date): CostReport {
  const hours = Math.max(0, (now.getTime() - Date.parse(since)) / 3_600_000);
  return { hourlyUsd, soFarUsd: hourlyUsd * hours, hours, source };
}
