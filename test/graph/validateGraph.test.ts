import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import type { StepName } from '../../src/graph/StepName.js';
import { validateGraph } from '../../src/graph/validateGraph.js';
import { randomGraph, testStep } from './randomGraph.js';

const problemsOf = (steps: Parameters<typeof validateGraph>[0]): string[] => {
  try {
    validateGraph(steps);
    return [];
  } catch (error) {
    return (error as HangarError).problems.map((problem) => problem.message);
  }
};

describe('validateGraph', () => {
  it('accepts every graph without cycles', () => {
    fc.assert(fc.property(randomGraph, (steps) => problemsOf(steps).length === 0));
  });

  it('finds the cycle that one more edge closes', () => {
    fc.assert(
      fc.property(randomGraph, fc.nat(), (steps, which) => {
        const target = steps[which % steps.length]!;
        const input = target.after[0] ?? target.name;
        // An input that waits for what needs it: a cycle of two, or of one.
        const closed = steps.map((step) =>
          step.name === input ? { ...step, after: [...step.after, target.name] } : step,
        );
        expect(problemsOf(closed).some((message) => message.startsWith('steps wait for each other'))).toBe(true);
      }),
    );
  });

  it('names unknown inputs and duplicates, all at once', () => {
    const steps = [testStep('a', ['nowhere']), testStep('a')];
    expect(problemsOf(steps)).toEqual(['step a is there twice', 'step a waits for nowhere, which is no step']);
  });

  it('is a defect of Hangar, HGR-901', () => {
    try {
      validateGraph([testStep('a', ['a' as StepName])]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(HangarError);
      expect((error as HangarError).code).toBe('HGR-901');
    }
  });
});
