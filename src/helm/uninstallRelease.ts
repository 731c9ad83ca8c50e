import { readStatus } from './releaseStatus.js';
import { type HelmTarget, withHelm } from './runHelm.js';

export interface UninstallRequest extends HelmTarget {
  /** How long the release's objects may take to go, in seconds; default 300. */
  readonly timeoutSeconds?: number;
}

/**
 * Uninstalls a release in whatever state it is, and waits until its objects are gone; tolerates that there is none.
 * @returns whether there was one, and the seconds spent inside helm
 */
export async function uninstallRelease(request: UninstallRequest): Promise<{ removed: boolean; toolSeconds: number }> {
  return withHelm(request, async (helm) => {
    const status = await readStatus(request, helm);
    if (!status) return { removed: false, toolSeconds: helm.seconds() };
    await helm.run([
      'uninstall',
      request.release,
      '--ignore-not-found',
      '--wait=watcher',
      '--timeout',
      `${request.timeoutSeconds ?? 300}s`,
    ]);
    return { removed: true, toolSeconds: helm.seconds() };
  });
}
