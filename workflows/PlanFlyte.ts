import { fromFailure } from '../src/errors/fromFailure.js';
import { buildGraph } from '../src/graph/buildGraph.js';
import type { Step } from '../src/graph/Step.js';
import type { DeploymentOutputs } from '../src/graph/StepOutputs.js';
import type { StepPlan } from '../src/graph/StepPlan.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import { checks, plans } from './activityOptions.js';
import { type PlanFlyteInput, parsePlanFlyteInput } from './inputs.js';
import { workflowFailure } from './workflowFailure.js';

/**
 * Says what creating a deployment would do, step by step in the order of the graph, without making anything. It reads
 * only, so it needs no mutex and runs under any id, also beside a run that works on the deployment.
 * @throws ApplicationFailure of type HGR-608 or HGR-1xx (input), HGR-2xx (preflight), HGR-3xx (terraform)
 */
export async function PlanFlyte(input: PlanFlyteInput): Promise<StepPlan[]> {
  try {
    const { spec } = parsePlanFlyteInput(input);
    const { name, cloud, account, region } = spec;
    const [manifest] = await Promise.all([
      checks.loadManifest({ name, cloud, account, region }),
      checks.preflight({ spec }),
    ]);
    return await Promise.all(buildGraph(spec).map((step) => planStep(spec, step, manifest?.outputs ?? {})));
  } catch (error) {
    throw workflowFailure(error);
  }
}

async function planStep(spec: DeploymentSpec, step: Step, outputs: DeploymentOutputs): Promise<StepPlan> {
  if (step.kind !== 'terraform') return told(step, outputs);
  try {
    return await plans.planTerraform({ spec, step: step.name, outputs });
  } catch (failure) {
    throw fromFailure(failure, step.name);
  }
}

/** A step without a terraform plan says in words what it makes. */
function told(step: Step, outputs: DeploymentOutputs): StepPlan {
  const note = step.name in outputs ? `${step.title} (stands already; is brought up to date)` : step.title;
  return {
    step: step.name,
    add: 0,
    change: 0,
    remove: 0,
    replace: 0,
    risks: [],
    resources: [],
    provisional: false,
    notes: [note],
  };
}
