import type { StepReport } from '../graph/StepRequest.js';
import { destroyStep } from './destroyStep.js';
import { StepRun, type StepRunOptions } from './StepRun.js';

/** Unmakes a step: everything that its state holds, then the state. Tolerates that the step never ran. */
export async function removeStep(options: StepRunOptions): Promise<StepReport> {
  const { cloud, request } = options;
  const { stateKey } = cloud.backend(request.spec, request.step);
  const store = cloud.stateStore(request.spec);
  const nothing = { outputs: {}, changes: { add: 0, change: 0, remove: 0 }, toolSeconds: 0, leftovers: [] };
  if (!(await store.get(stateKey))) return nothing;
  const run = await StepRun.open(options, 'state-only');
  try {
    run.enter('plan');
    const changes = await destroyStep(
      run.terraform,
      run.workspace,
      (plan) => run.enter('destroy', plan.remove),
      run.onEvent,
    );
    await store.delete(stateKey);
    return { ...nothing, changes, toolSeconds: run.terraform.toolSeconds };
  } finally {
    await run.close();
  }
}
