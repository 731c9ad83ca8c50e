import { HangarError } from '../errors/HangarError.js';
import type { PlanSummary } from './planSummary.js';
import { stepAddress } from './stepAddress.js';

/**
 * Refuses a plan that makes a step but would delete or replace something that stands.
 * What a stopped or failed creation left half made (`tainted`) may be replaced: nobody uses it yet.
 * @throws HGR-310 with every such resource
 */
export function refuseRemoval(plan: PlanSummary): void {
  const removed = plan.changes.filter(
    ({ action, reason }) =>
      action === 'delete' || action === 'forget' || (action === 'replace' && reason !== 'replace_because_tainted'),
  );
  const [first] = removed;
  if (!first) return;
  throw new HangarError(
    'HGR-310',
    `making this step would remove ${removed.length} ${removed.length === 1 ? 'resource' : 'resources'} that stand`,
    {
      resource: stepAddress(first.address),
      problems: removed.map(({ address, action, reason }) => ({
        path: stepAddress(address),
        message: reason ? `${action} (${reason})` : action,
      })),
      next: 'Put the value back that forces the removal, or destroy the deployment and create it anew.',
    },
  );
}
