import type { Step } from './Step.js';
import type { StepName } from './StepName.js';

/** The chain of steps that a run cannot be faster than. */
export interface CriticalPath {
  readonly steps: readonly StepName[];
  readonly seconds: number;
}

/**
 * The longest chain of steps by the seconds each usually takes.
 * @param steps in topological order
 * @param seconds of a step; default: its typical ones
 */
export function criticalPath(
  steps: readonly Step[],
  seconds: (step: Step) => number = (step) => step.typicalSeconds,
): CriticalPath {
  const ends = new Map<StepName, CriticalPath>();
  let longest: CriticalPath = { steps: [], seconds: 0 };
  for (const step of steps) {
    let before: CriticalPath = { steps: [], seconds: 0 };
    for (const name of step.after) {
      const candidate = ends.get(name);
      if (candidate && candidate.seconds > before.seconds) before = candidate;
    }
    const path = { steps: [...before.steps, step.name], seconds: before.seconds + seconds(step) };
    ends.set(step.name, path);
    if (path.seconds > longest.seconds) longest = path;
  }
  return longest;
}
