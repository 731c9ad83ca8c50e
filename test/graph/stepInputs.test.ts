import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepInputs } from '../../src/graph/stepInputs.js';
import { randomGraph, testStep } from './randomGraph.js';

describe('stepInputs', () => {
  const steps = [testStep('network'), testStep('cluster', ['network']), testStep('nodes', ['cluster', 'network'])];

  it('to be made are the steps it is after', () => {
    expect(Object.fromEntries(stepInputs(steps, 'make'))).toEqual({
      network: [],
      cluster: ['network'],
      nodes: ['cluster', 'network'],
    });
  });

  it('to be unmade are the steps that are after it', () => {
    expect(Object.fromEntries(stepInputs(steps, 'unmake'))).toEqual({
      network: ['cluster', 'nodes'],
      cluster: ['nodes'],
      nodes: [],
    });
  });

  it('one way are those of the other, turned round', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const unmake = stepInputs(graph, 'unmake');
        for (const step of graph) {
          for (const other of graph) {
            expect(unmake.get(other.name)!.includes(step.name)).toBe(step.after.includes(other.name));
          }
        }
      }),
    );
  });
});
