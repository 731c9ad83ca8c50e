import type { Step } from './Step.js';
import type { StepName } from './StepName.js';
import { stepInputs, type WalkDirection } from './stepInputs.js';
import { validateGraph } from './validateGraph.js';

/** How one step of a walk ended. `skipped`: never started, because of a failure or because the walk was stopped. */
export type StepOutcome<T> =
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'skipped' };

/** The hooks must not throw. */
export interface WalkOptions<T> {
  /** Called right before `run`. */
  readonly onStart?: (step: Step) => void;
  /** Called once for each step, the skipped ones too. */
  readonly onSettled?: (step: Step, outcome: StepOutcome<T>) => void;
  /**
   * After a failure, go on with the steps that do not need the failed one; those that do are skipped.
   * Default: the first failure stops all further starts.
   */
  readonly keepGoing?: boolean;
  /** Asked before each start; once true, nothing more starts. */
  readonly stop?: () => boolean;
}

/**
 * Runs `run` for every step at full parallelism: a step starts the moment all it needs is done (`make`: its `after`;
 * `unmake`: the steps that are after it). Never rejects because of a failed step: it waits until every step that
 * started has settled and gives all outcomes. Plain promises only, so it is deterministic inside a workflow.
 * @throws HangarError HGR-901 when the steps are no graph (see {@link validateGraph})
 */
export async function walkGraph<T>(
  steps: readonly Step[],
  direction: WalkDirection,
  run: (step: Step) => Promise<T>,
  options: WalkOptions<T> = {},
): Promise<Map<StepName, StepOutcome<T>>> {
  validateGraph(steps);
  const inputs = stepInputs(steps, direction);
  const byName = new Map(steps.map((step) => [step.name, step]));
  const settled = new Map<StepName, Promise<StepOutcome<T>>>();
  let failed = false;

  const mayStart = (before: StepOutcome<T>[]): boolean =>
    before.every((outcome) => outcome.state === 'done') && (options.keepGoing || !failed) && !options.stop?.();

  const walk = async (step: Step): Promise<StepOutcome<T>> => {
    const before = await Promise.all(inputs.get(step.name)!.map((name) => settle(byName.get(name)!)));
    if (!mayStart(before)) return { state: 'skipped' };
    options.onStart?.(step);
    try {
      return { state: 'done', value: await run(step) };
    } catch (error) {
      failed = true;
      return { state: 'failed', error };
    }
  };

  const settle = (step: Step): Promise<StepOutcome<T>> => {
    let outcome = settled.get(step.name);
    if (!outcome) {
      outcome = walk(step).then((result) => {
        options.onSettled?.(step, result);
        return result;
      });
      settled.set(step.name, outcome);
    }
    return outcome;
  };

  const outcomes = await Promise.all(steps.map(async (step) => [step.name, await settle(step)] as const));
  return new Map(outcomes);
}
