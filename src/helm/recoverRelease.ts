import { HangarError } from '../errors/HangarError.js';
import type { ReleaseStatus } from './releaseStatus.js';
import type { Helm, HelmTarget } from './runHelm.js';

/** A helm that recorded its start less than this ago, and is not known to be dead, is left to finish. */
const graceMs = 60_000;

/**
 * Puts right what a helm that died in the middle left behind, so that an upgrade can go ahead: a first install that
 * never finished is uninstalled, a later change is rolled back, an uninstall is finished.
 * @param takeOver the helm before is known to be dead (an earlier attempt of this same activity)
 * @returns whether the release is still there
 * @throws HGR-406 while another helm may still be at work
 */
export async function recoverRelease(
  target: HelmTarget,
  status: ReleaseStatus,
  helm: Helm,
  takeOver: boolean,
): Promise<boolean> {
  if (!/^pending-|^uninstall/.test(status.state)) return true;
  // An uninstall that was waited for in vain: its record is in the way of an install.
  if (status.state === 'uninstalled') {
    await helm.run(['uninstall', target.release, '--ignore-not-found']);
    return false;
  }
  const ageMs = Date.now() - status.updatedAt.getTime();
  if (!takeOver && ageMs < graceMs)
    throw new HangarError(
      'HGR-406',
      `release ${target.namespace}/${target.release} is ${status.state} since ${Math.round(ageMs / 1000)} s`,
      {
        resource: `release ${target.namespace}/${target.release}`,
        next: 'Wait until the other helm has ended; a minute after its start it is taken for dead.',
      },
    );
  if (status.state.startsWith('pending-') && status.state !== 'pending-install' && status.lastGoodRevision) {
    await helm.run(['rollback', target.release, String(status.lastGoodRevision)]).catch((error: unknown) => {
      // A failed rollback still ends the pending state, which is all that the next upgrade needs.
      if (target.signal?.aborted) throw error;
    });
    return true;
  }
  await helm.run(['uninstall', target.release, '--ignore-not-found', '--wait', '--timeout', '5m']);
  return false;
}
