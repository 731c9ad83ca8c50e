import { HangarError } from '../errors/HangarError.js';
import type { StepProgress } from '../graph/StepRequest.js';
import { awaitGone } from '../kubernetes/awaitGone.js';
import { kubernetesClient } from '../kubernetes/kubernetesClient.js';
import { readRemainingObjects, releaseObjects } from './releaseObjects.js';
import { readStatus } from './releaseStatus.js';
import { type HelmTarget, withHelm } from './runHelm.js';

export interface UninstallRequest extends HelmTarget {
  /** How long the release's objects may take to go, in seconds; default 300. */
  readonly timeoutSeconds?: number;
  readonly report?: (progress: StepProgress) => void;
}

/**
 * Uninstalls a release in whatever state it is, and waits until its objects are gone; tolerates that there is none.
 * Helm would forget the release at once and with it what belonged to it, so that a second attempt found nothing to wait
 * for: its record is kept until nothing is left.
 * @returns whether there was one, and the seconds spent inside helm
 * @throws HGR-408 naming the objects that do not go and what holds them
 */
export async function uninstallRelease(request: UninstallRequest): Promise<{ removed: boolean; toolSeconds: number }> {
  const { release, namespace, access, signal, report, timeoutSeconds = 300 } = request;
  return withHelm(request, async (helm) => {
    const status = await readStatus(request, helm);
    if (!status) return { removed: false, toolSeconds: helm.seconds() };
    const objects = releaseObjects(await helm.run(['get', 'manifest', release]), namespace);
    if (status.state !== 'uninstalled') await helm.run(['uninstall', release, '--keep-history', '--timeout', '120s']);
    const client = kubernetesClient(access, signal ? { signal } : {});
    try {
      const remaining = await awaitGone(() => readRemainingObjects(client, objects), {
        timeoutSeconds,
        ...(signal ? { signal } : {}),
        ...(report ? { report } : {}),
      });
      if (remaining.length > 0)
        throw new HangarError(
          'HGR-408',
          `objects of release ${namespace}/${release} do not go away: ${remaining.map(({ object, reason }) => `${object}: ${reason}`).join('; ')}`,
          {
            resource: remaining[0]!.object,
            next: 'Remove the finalizers of the objects named here, if what they stand for is gone, and run again.',
          },
        );
    } finally {
      client.close();
    }
    await helm.run(['uninstall', release, '--ignore-not-found']);
    return { removed: true, toolSeconds: helm.seconds() };
  });
}
