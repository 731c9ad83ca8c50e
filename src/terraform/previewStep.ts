import { HangarError } from '../errors/HangarError.js';
import type { StepPlan } from '../graph/StepPlan.js';
import { planStep } from './planStep.js';
import { StepRun, type StepRunOptions, withPlaceholders } from './StepRun.js';
import { stepAddress } from './stepAddress.js';

/** A state that is not there yet, for a plan before the state bucket is made. */
const emptyBackend = { type: 'local', config: { path: 'empty.tfstate' } } as const;

/**
 * What making a step would do. Makes and locks nothing. Where a step before it does not stand, its outputs are stood in for
 * and the plan says that it is provisional.
 */
export async function previewStep(options: StepRunOptions): Promise<StepPlan> {
  const { cloud, request } = options;
  const bucket = await stateBucketExists(options);
  const provisional = lacksOutputs(options);
  const complete = { ...options, request: withPlaceholders(cloud, request) };
  const run = await StepRun.open(complete, 'module', bucket ? cloud.backend(request.spec, request.step) : emptyBackend);
  try {
    run.enter('plan');
    const plan = await planStep(run.terraform, run.workspace, { lock: false, onEvent: run.onEvent });
    return {
      step: request.step,
      add: plan.add,
      change: plan.change,
      remove: plan.remove,
      replace: plan.replace,
      risks: [...plan.risks],
      resources: plan.changes.map(({ address, action }) => ({ address: stepAddress(address), action })),
      provisional,
      notes: bucket ? [] : ['there is no state bucket yet: everything is planned as new'],
    };
  } finally {
    await run.close();
  }
}

async function stateBucketExists({ cloud, request }: StepRunOptions): Promise<boolean> {
  try {
    await cloud.stateStore(request.spec).get(cloud.backend(request.spec, request.step).stateKey);
    return true;
  } catch (error) {
    if (error instanceof HangarError && error.code === 'HGR-702') return false;
    throw error;
  }
}

function lacksOutputs({ cloud, request }: StepRunOptions): boolean {
  try {
    cloud.terraformModule(request);
    return false;
  } catch (error) {
    if (error instanceof HangarError && error.code === 'HGR-901') return true;
    throw error;
  }
}
