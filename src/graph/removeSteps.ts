import type { Step } from './Step.js';
import type { StepName } from './StepName.js';

/**
 * The graph without some steps. What waited for a removed step waits for that step's own inputs instead, unless it
 * waits for them through another step anyway; so the order among the steps that stay is kept.
 */
export function removeSteps(steps: readonly Step[], names: Iterable<StepName>): Step[] {
  const removed = new Set(names);
  const byName = new Map(steps.map((step) => [step.name, step]));
  const inputsOf = (name: StepName): readonly StepName[] => byName.get(name)?.after ?? [];
  const keptInputs = (name: StepName): StepName[] =>
    inputsOf(name).flatMap((input) => (removed.has(input) ? keptInputs(input) : [input]));
  const waitsFor = (name: StepName, input: StepName): boolean =>
    inputsOf(name).some((each) => each === input || waitsFor(each, input));

  return steps
    .filter((step) => !removed.has(step.name))
    .map((step) => {
      const inputs = [...new Set(keptInputs(step.name))];
      const after = inputs.filter(
        (input) => step.after.includes(input) || !inputs.some((other) => other !== input && waitsFor(other, input)),
      );
      return { ...step, after };
    });
}
