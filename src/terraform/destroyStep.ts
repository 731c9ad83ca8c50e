import { applyPlan } from './applyPlan.js';
import type { ChangeSummary, TerraformEvent } from './events.js';
import { planStep } from './planStep.js';
import type { PlanSummary } from './planSummary.js';
import type { Terraform } from './Terraform.js';
import type { Workspace } from './Workspace.js';

/**
 * Plans the removal of all that the state holds, then does exactly that: so the totals are known from the start.
 * @param onPlan told what will go, before anything does
 */
export async function destroyStep(
  terraform: Terraform,
  workspace: Workspace,
  onPlan: (plan: PlanSummary) => void,
  onEvent?: (event: TerraformEvent) => void,
): Promise<Pick<ChangeSummary, 'add' | 'change' | 'remove'>> {
  const plan = await planStep(terraform, workspace, { destroy: true, onEvent });
  onPlan(plan);
  return applyPlan(terraform, workspace, onEvent);
}
