import { CancellationScope } from '@temporalio/workflow';
import { fromFailure, isCancelled } from '../src/errors/fromFailure.js';
import type { HangarError } from '../src/errors/HangarError.js';
import { ancestors } from '../src/graph/ancestors.js';
import type { Step } from '../src/graph/Step.js';
import type { StepName } from '../src/graph/StepName.js';
import type { DeploymentOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport } from '../src/graph/StepRequest.js';
import { walkGraph } from '../src/graph/walkGraph.js';
import { stepActivities } from './activityOptions.js';
import type { DeploymentRun } from './DeploymentRun.js';

/** How the making of a deployment's steps ended. */
export type MakeResult = 'made' | 'cancelled' | { readonly failed: HangarError };

/**
 * Makes every step at full parallelism. Each step's name enters `compensations` before its activity starts. The first
 * failure stops further starts; with `onFailure: rollback` it also stops the steps that run, whose work would only be
 * undone; with `keep` they are let finish.
 */
export async function makeSteps(run: DeploymentRun, compensations: Set<StepName>): Promise<MakeResult> {
  const scope = new CancellationScope();
  let failed: HangarError | undefined;
  run.status.expect(run.steps, 'make');
  const outcomes = await scope.run(() =>
    walkGraph(run.steps, 'make', (step) => make(run, step, compensations), {
      stop: () => scope.consideredCancelled,
      onStart: (step) => run.status.begin(step.name, 'running'),
      onSettled: (step, outcome) => {
        if (outcome.state === 'done') return run.status.end(step.name, 'done', outcome.value);
        if (outcome.state === 'skipped') return run.status.skip(step.name);
        const error = fromFailure(outcome.error, step.name);
        run.status.fail(step.name, error);
        if (!isCancelled(outcome.error)) failed ??= error;
        if (run.spec.onFailure === 'rollback') scope.cancel();
      },
    }),
  );
  if (failed) return { failed };
  return [...outcomes.values()].every((outcome) => outcome.state === 'done') ? 'made' : 'cancelled';
}

async function make(run: DeploymentRun, step: Step, compensations: Set<StepName>): Promise<StepReport> {
  compensations.add(step.name);
  const report = await stepActivities(step, 'make')[step.make]({
    spec: run.spec,
    step: step.name,
    outputs: inputsOf(run, step.name),
    expires: run.expires,
  });
  Object.assign(run.outputs, { [step.name]: report.outputs });
  // Nothing that costs is made before the manifest says that it may be there.
  if (step.name === 'bootstrap') await run.manifest.open();
  return report;
}

/** Outputs of the steps before this one only, so that a step's input does not depend on the timing of others. */
function inputsOf(run: DeploymentRun, name: StepName): DeploymentOutputs {
  const before = ancestors(run.steps, name);
  return Object.fromEntries(Object.entries(run.outputs).filter(([step]) => before.has(step as StepName)));
}
