import type { DeploymentSummary } from '../../client/listDeployments.js';
import { formatDuration, secondsBetween } from './formatDuration.js';
import { renderTable } from './renderTable.js';

/** Deployments, one a line. */
export function renderList(deployments: readonly DeploymentSummary[], now: Date): string[] {
  if (deployments.length === 0) return ['There are no deployments.'];
  const rows = deployments.map((each) => [
    each.name,
    each.running ? `${each.phase} …` : each.phase,
    each.cloud,
    each.region,
    each.account,
    each.since ? formatDuration(secondsBetween(each.since, undefined, now) ?? 0) : '',
    each.expires ?? '',
    each.error ? `${each.error.code} ${each.error.message}` : '',
  ]);
  return renderTable(['name', 'phase', 'cloud', 'region', 'account', 'age', 'expires', ''], rows);
}
