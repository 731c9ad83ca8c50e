import type { PlatformChart } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { Leftover, StepProgress } from '../graph/StepRequest.js';
import { uninstallRelease } from '../helm/uninstallRelease.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import { kubernetesClient } from '../kubernetes/kubernetesClient.js';
import { removeCustomResources } from '../kubernetes/removeCustomResources.js';
import type { Settings } from '../settings/Settings.js';
import { releaseCloudObjects } from './releaseCloudObjects.js';

export interface UninstallPlatformRequest {
  readonly settings: Pick<Settings, 'helm' | 'home'>;
  readonly access: ClusterAccess;
  readonly charts: readonly PlatformChart[];
  /** The cluster goes with the deployment: what others made in it that would outlive it is deleted too. */
  readonly clusterGoes: boolean;
  readonly signal?: AbortSignal;
  readonly report: (progress: StepProgress) => void;
  /** How long the controllers may take to give back load balancers and volumes, in seconds; default 600. */
  readonly timeoutSeconds?: number;
}

export interface UninstallPlatformResult {
  /** How many releases there were. */
  readonly removed: number;
  readonly toolSeconds: number;
  readonly leftovers: readonly Leftover[];
}

/**
 * Takes the platform out of the cluster: first its controllers give back what they made in the cloud, then they go, then
 * the definitions of their custom resources. Safe to repeat, and where nothing was installed.
 * Where something in the cloud does not go, the controllers stay: without them it never would.
 */
export async function uninstallPlatform(request: UninstallPlatformRequest): Promise<UninstallPlatformResult> {
  const { settings, access, charts, clusterGoes, signal, report } = request;
  const wait = { timeoutSeconds: request.timeoutSeconds ?? 600, report, ...(signal ? { signal } : {}) };
  const groups = charts.flatMap(({ customResourceGroups }) => customResourceGroups);
  const client = kubernetesClient(access, signal ? { signal } : {});
  try {
    const remaining = clusterGoes ? await releaseCloudObjects(client, groups, wait) : [];
    if (remaining.length > 0) {
      const leftovers = remaining.map(({ object, reason }) => ({ step: 'platform', resource: object, reason }));
      return { removed: 0, toolSeconds: 0, leftovers };
    }
    report({ phase: 'uninstall' });
    const ended = await Promise.allSettled(
      charts.map(({ namespace, release }) =>
        uninstallRelease({ settings, access, namespace, release, report, ...(signal ? { signal } : {}) }),
      ),
    );
    const done = ended.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const held = ended.flatMap((outcome) => (outcome.status === 'rejected' ? asLeftover(outcome.reason) : []));
    const definitions = await removeCustomResources(client, groups, { ...wait, timeoutSeconds: 60 }).then(
      () => [],
      asLeftover,
    );
    return {
      removed: done.filter(({ removed }) => removed).length,
      toolSeconds: Math.max(0, ...done.map(({ toolSeconds }) => toolSeconds)),
      leftovers: [...held, ...definitions],
    };
  } finally {
    client.close();
  }
}

/** What does not go is told as a leftover; everything else is a failure. */
function asLeftover(error: unknown): Leftover[] {
  if (!(error instanceof HangarError) || error.code !== 'HGR-408') throw error;
  return [{ step: 'platform', resource: error.resource ?? 'objects of the platform', reason: error.message }];
}
