import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeSteps } from '../../src/graph/removeSteps.js';
import type { Step } from '../../src/graph/Step.js';
import type { StepName } from '../../src/graph/StepName.js';
import { validateGraph } from '../../src/graph/validateGraph.js';
import { randomGraph, testStep } from './randomGraph.js';

/** All that must stand before a step, directly or not. */
function allInputs(steps: readonly Step[], name: StepName): Set<StepName> {
  const step = steps.find((each) => each.name === name)!;
  return new Set(step.after.flatMap((input) => [input, ...allInputs(steps, input)]));
}

describe('removeSteps', () => {
  it('closes the edges over what it removes', () => {
    const steps = [testStep('a'), testStep('b', ['a']), testStep('c', ['b', 'a'])];
    expect(removeSteps(steps, ['b' as StepName])).toEqual([testStep('a'), testStep('c', ['a'])]);
  });

  it('keeps the order among the steps that stay', () => {
    fc.assert(
      fc.property(randomGraph, fc.func(fc.boolean()), (steps, removes) => {
        const names = steps.map((step) => step.name).filter((name) => removes(name));
        const rest = removeSteps(steps, names);
        validateGraph(rest);
        for (const { name } of rest) {
          const before = [...allInputs(steps, name)].filter((input) => !names.includes(input));
          expect(new Set(allInputs(rest, name))).toEqual(new Set(before));
        }
      }),
    );
  });
});
