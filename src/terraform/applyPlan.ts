import type { ChangeSummary, TerraformEvent } from './events.js';
import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';
import type { Workspace } from './Workspace.js';

/**
 * Applies exactly the plan in the workspace's plan file; a plan made for another state is refused by terraform.
 * @returns what was done, as terraform counts it
 * @throws HGR-316 when the state could not be saved: {@link Workspace.erroredState} has it then
 */
export async function applyPlan(
  terraform: Terraform,
  workspace: Workspace,
  onEvent?: (event: TerraformEvent) => void,
): Promise<Pick<ChangeSummary, 'add' | 'change' | 'remove'>> {
  let done = { add: 0, change: 0, remove: 0 };
  await terraform.run(['apply', '-json', '-input=false', lockTimeout, workspace.planFile], {
    onEvent(event) {
      if (event.type === 'change_summary') {
        const { add, change, remove } = event.changes;
        done = { add, change, remove };
      }
      onEvent?.(event);
    },
  });
  return done;
}
