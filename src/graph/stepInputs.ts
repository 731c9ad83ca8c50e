import type { Step } from './Step.js';
import type { StepName } from './StepName.js';

/** `make`: inputs first; `unmake`: the other way round. */
export type WalkDirection = 'make' | 'unmake';

/** What each step waits for: to be made, the steps it is `after`; to be unmade, the steps that are after it. */
export function stepInputs(steps: readonly Step[], direction: WalkDirection): Map<StepName, readonly StepName[]> {
  if (direction === 'make') return new Map(steps.map((step) => [step.name, step.after]));
  return new Map(
    steps.map(({ name }) => [name, steps.filter((other) => other.after.includes(name)).map((other) => other.name)]),
  );
}
