import type { TerraformEvent } from './events.js';
import { type PlanSummary, parsePlan } from './planSummary.js';
import { lockTimeout } from './stateLock.js';
import type { Terraform } from './Terraform.js';
import type { Workspace } from './Workspace.js';

/**
 * Plans into the workspace's plan file and says what is in it.
 * @param options.destroy plan the removal of everything that the state holds
 * @param options.lock default true; false for a plan that is only looked at
 * @throws HGR-302 while the state is locked; else as the cloud answers
 */
export async function planStep(
  terraform: Terraform,
  workspace: Workspace,
  options: {
    readonly destroy?: boolean;
    readonly lock?: boolean;
    readonly onEvent?: (event: TerraformEvent) => void;
  } = {},
): Promise<PlanSummary> {
  await terraform.run(
    [
      'plan',
      '-json',
      '-input=false',
      '-detailed-exitcode',
      options.lock === false ? '-lock=false' : lockTimeout,
      `-out=${workspace.planFile}`,
      ...(options.destroy ? ['-destroy'] : []),
    ],
    { okCodes: [0, 2], onEvent: options.onEvent },
  );
  const { stdout } = await terraform.run(['show', '-json', workspace.planFile], { capture: true });
  return parsePlan(stdout);
}
