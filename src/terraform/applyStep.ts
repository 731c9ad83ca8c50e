import type { StepReport } from '../graph/StepRequest.js';
import { applyPlan } from './applyPlan.js';
import { planStep } from './planStep.js';
import { readOutputs } from './readOutputs.js';
import { refuseRemoval } from './refuseRemoval.js';
import { StepRun, type StepRunOptions } from './StepRun.js';

const noChanges = { add: 0, change: 0, remove: 0 };

/**
 * Makes a step, or what is still missing of it; safe to repeat.
 * @throws HGR-310 when that would remove something that stands; else as terraform and the cloud answer (HGR-3xx)
 */
export async function applyStep(options: StepRunOptions): Promise<StepReport> {
  const run = await StepRun.open(options, 'module');
  try {
    run.enter('plan');
    const plan = await planStep(run.terraform, run.workspace, { onEvent: run.onEvent });
    refuseRemoval(plan);
    run.enter('apply', plan.add + plan.change + plan.replace * 2);
    const changes = plan.empty ? noChanges : await applyPlan(run.terraform, run.workspace, run.onEvent);
    return {
      outputs: await readOutputs(run.terraform),
      changes,
      toolSeconds: run.terraform.toolSeconds,
      leftovers: [],
    };
  } finally {
    await run.close();
  }
}
