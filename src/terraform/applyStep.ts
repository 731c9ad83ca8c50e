import type { StepReport } from '../graph/StepRequest.js';
import { adoptExisting } from './adoptExisting.js';
import { adoptUntracked, findUntracked } from './adoptUntracked.js';
import { applyPlan } from './applyPlan.js';
import type { PlanSummary } from './planSummary.js';
import { planWhenMade } from './planWhenMade.js';
import { readOutputs } from './readOutputs.js';
import { refuseRemoval } from './refuseRemoval.js';
import type { StepRun, StepRunOptions } from './StepRun.js';
import { stepAddress } from './stepAddress.js';
import { type StepPatience, withStep } from './withStep.js';

/** What depends on an adopted resource may be there too, and shows only then. */
const adoptionRounds = 4;
const noChanges = { add: 0, change: 0, remove: 0 };

/**
 * Makes a step, or what is still missing of it; safe to repeat after any end of an earlier attempt.
 * What that attempt made and could not write down is found by its tags or its name and taken into the state.
 * @throws HGR-310 when making it would remove something that stands; else as terraform and the cloud answer (HGR-3xx)
 */
export async function applyStep(options: StepRunOptions & StepPatience): Promise<StepReport> {
  return withStep(options, 'module', async (run) => {
    const changes = await applyAdopting(run, options, await planWithAdoption(run, options));
    return {
      outputs: await readOutputs(run.terraform),
      changes,
      toolSeconds: run.terraform.toolSeconds,
      leftovers: [],
      notes: run.notes,
    };
  });
}

/** Applies a plan; where something is already there and ours, takes it into the state, plans again and goes on. */
async function applyAdopting(run: StepRun, options: StepRunOptions, plan: PlanSummary): Promise<StepReport['changes']> {
  for (let round = 1; ; round++) {
    refuseRemoval(plan);
    try {
      return await apply(run, plan);
    } catch (error) {
      if (round > adoptionRounds || !(await adoptExisting(run, options, plan, error))) throw error;
      run.notes.push('took resources into the state that were already there');
      plan = await planWhenMade(run);
    }
  }
}

async function planWithAdoption(run: StepRun, options: StepRunOptions): Promise<PlanSummary> {
  const plan = await planWhenMade(run);
  if (plan.add === 0) return plan;
  const resources = await findUntracked(options, plan.prior);
  if (resources.length === 0) return plan;
  const { adopted, unmatched } = await adoptUntracked(run, plan, resources);
  run.notes.push(
    ...adopted.map((address) => `took ${stepAddress(address)} into the state: an earlier attempt had made it`),
    ...unmatched.map(({ id }) => `${id} carries this step's tags but belongs to no resource of it`),
  );
  return adopted.length > 0 ? planWhenMade(run) : plan;
}

async function apply(run: StepRun, plan: PlanSummary): Promise<StepReport['changes']> {
  // A replacement is two: the old one goes, the new one comes.
  run.enter('apply', plan.add + plan.change + plan.replace * 2);
  return plan.empty ? noChanges : applyPlan(run.terraform, run.workspace, run.onEvent);
}
