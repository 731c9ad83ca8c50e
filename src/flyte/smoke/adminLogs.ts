import { flyteNamespace, flyteRelease } from '../flyteRelease.js';
import type { SmokeContext } from './SmokeCheck.js';

/** The command that shows what FlyteAdmin says. */
export function adminLogs({ spec }: Pick<SmokeContext, 'spec'>): string {
  const { adminDeployment } = flyteRelease(spec.flyte.distribution);
  return `kubectl -n ${flyteNamespace} logs deployment/${adminDeployment} --all-containers --tail=100`;
}
