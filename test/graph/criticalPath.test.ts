import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalPath } from '../../src/graph/criticalPath.js';
import { testStep } from './randomGraph.js';

describe('criticalPath', () => {
  it('is the slowest chain, not the one with the most steps', () => {
    const steps = [testStep('a', [], 1), testStep('b', ['a'], 1), testStep('c', ['b'], 1), testStep('d', ['a'], 10)];
    expect(criticalPath(steps)).toEqual({ steps: ['a', 'd'], seconds: 11 });
  });

  it('takes the seconds it is told', () => {
    const steps = [testStep('a', [], 1), testStep('b', [], 9)];
    expect(criticalPath(steps, (step) => (step.name === ('a' as string) ? 5 : 2)).steps).toEqual(['a']);
  });

  it('of a chain is the whole chain', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }), (seconds) => {
        const steps = seconds.map((each, index) => testStep(`s${index}`, index > 0 ? [`s${index - 1}`] : [], each));
        expect(criticalPath(steps).seconds).toBe(seconds.reduce((sum, each) => sum + each, 0));
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(criticalPath([])).toEqual({ steps: [], seconds: 0 });
  });
});
