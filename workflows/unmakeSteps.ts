import { fromFailure, isCancelled } from '../src/errors/fromFailure.js';
import { HangarError } from '../src/errors/HangarError.js';
import { removeSteps } from '../src/graph/removeSteps.js';
import type { Step } from '../src/graph/Step.js';
import type { StepName } from '../src/graph/StepName.js';
import type { Leftover } from '../src/graph/StepRequest.js';
import { stepInputs } from '../src/graph/stepInputs.js';
import { walkGraph } from '../src/graph/walkGraph.js';
import { stepActivities } from './activityOptions.js';
import type { DeploymentRun } from './DeploymentRun.js';

/** What unmaking a deployment's steps came to. */
export interface UnmakeResult {
  /** By step, in the order they failed. */
  readonly failures: ReadonlyMap<StepName, HangarError>;
  /** What the steps themselves reported as still there. */
  readonly leftovers: readonly Leftover[];
  /** The walk was stopped before every step had been tried. */
  readonly stopped: boolean;
}

/**
 * Unmakes the steps `names` in reverse order of the graph at full parallelism. A step that cannot be unmade does not keep
 * those below it from being tried (fewer times): what can go, goes. Once `stop` says so, nothing more is started.
 */
export async function unmakeSteps(
  run: DeploymentRun,
  names: ReadonlySet<StepName>,
  stop: () => boolean,
): Promise<UnmakeResult> {
  const steps = removeSteps(
    run.steps,
    run.steps.map(({ name }) => name).filter((name) => !names.has(name)),
  );
  const dependents = stepInputs(steps, 'unmake');
  const failures = new Map<StepName, HangarError>();
  const leftovers: Leftover[] = [];

  const unmake = async (step: Step): Promise<void> => {
    if (!step.unmake) return run.status.end(step.name, step.name === 'bootstrap' ? 'kept' : 'removed');
    if (livesInCluster(step) && clusterIsGone(run)) return run.status.end(step.name, 'removed');
    const lastTry = dependents.get(step.name)!.some((name) => failures.has(name));
    run.status.begin(step.name, 'removing');
    const { spec, outputs, expires } = run;
    const report = await stepActivities(step, 'unmake', lastTry)[step.unmake]({
      spec,
      step: step.name,
      outputs,
      expires,
    });
    if (report.leftovers.length > 0) {
      leftovers.push(...report.leftovers);
      throw leftBehind(step.name, report.leftovers);
    }
    run.status.end(step.name, 'removed', report);
  };

  const goOn = async (step: Step): Promise<void> => {
    try {
      await unmake(step);
    } catch (error) {
      const known = fromFailure(error, step.name);
      run.status.fail(step.name, known);
      // Of a step that was stopped it is not known how much is gone, so nothing below it may be tried.
      if (isCancelled(error)) throw error;
      failures.set(step.name, known);
    }
  };

  run.status.expect(steps, 'unmake');
  const outcomes = await walkGraph(steps, 'unmake', goOn, {
    stop,
    keepGoing: true,
    onSettled: (step, outcome) => {
      if (outcome.state === 'skipped') run.status.skip(step.name);
    },
  });
  const forgiven = clusterIsGone(run) ? steps.filter((step) => livesInCluster(step)).map(({ name }) => name) : [];
  for (const name of forgiven) {
    if (failures.delete(name)) run.status.end(name, 'removed');
  }
  return {
    failures,
    // A leftover with an id of the cloud's own (a load balancer, a volume) outlives the cluster that asked for it.
    leftovers: leftovers.filter(({ step, id }) => id !== undefined || !(forgiven as string[]).includes(step)),
    stopped: [...outcomes.values()].some((outcome) => outcome.state !== 'done'),
  };
}

function livesInCluster(step: Step): boolean {
  return step.kind === 'helm' || step.kind === 'kubernetes';
}

/** The cluster was ours and has been removed, and with it all that was in it. */
function clusterIsGone(run: DeploymentRun): boolean {
  return !run.spec.cluster.existing && run.status.stateOf('cluster') === 'removed';
}

function leftBehind(step: StepName, leftovers: readonly Leftover[]): HangarError {
  const names = leftovers.map(({ resource }) => resource).join(', ');
  return new HangarError('HGR-606', `Still there after the step was removed: ${names}.`, { step });
}
