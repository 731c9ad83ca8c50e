import type { Step } from './Step.js';
import type { StepName } from './StepName.js';

/**
 * The graph without some steps. What waited for a removed step waits for that step's own inputs instead, so the order
 * among the steps that stay is kept.
 */
export function removeSteps(steps: readonly Step[], names: Iterable<StepName>): Step[] {
  const removed = new Set(names);
  const byName = new Map(steps.map((step) => [step.name, step]));
  const keptInputs = (step: Step): StepName[] =>
    step.after.flatMap((name) => (removed.has(name) && byName.has(name) ? keptInputs(byName.get(name)!) : [name]));
  return steps
    .filter((step) => !removed.has(step.name))
    .map((step) => ({ ...step, after: [...new Set(keptInputs(step))] }));
}
