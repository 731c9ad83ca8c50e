import { describe, expect, it } from 'vitest';
import { renderPlan } from '../../../src/cli/render/renderPlan.js';
import { makeStyle } from '../../../src/cli/render/Style.js';
import type { StepPlan } from '../../../src/graph/StepPlan.js';
import { testStep } from '../../graph/randomGraph.js';

const plan = (more: Partial<StepPlan>): StepPlan => ({
  step: 'network',
  add: 0,
  change: 0,
  remove: 0,
  replace: 0,
  risks: [],
  resources: [{ address: 'aws_vpc.this', action: 'create' }],
  provisional: false,
  notes: [],
  ...more,
});

describe('renderPlan', () => {
  it('counts by step and in all, names what is risky, and says how long it takes', () => {
    const plans = [
      plan({ step: 'bootstrap', resources: [], notes: ['State bucket, encrypted and versioned'] }),
      plan({ step: 'network', add: 21 }),
      plan({
        step: 'cluster',
        add: 9,
        replace: 1,
        provisional: true,
        risks: [{ address: 'aws_eks_cluster.this', action: 'replace', reason: 'all that runs in it is lost' }],
      }),
    ];
    const steps = [
      testStep('bootstrap', [], 40),
      testStep('network', ['bootstrap'], 40),
      testStep('cluster', ['network'], 600),
    ];
    expect(renderPlan(plans, steps, makeStyle(false)).join('\n')).toBe(`step       add  change  replace  remove
bootstrap                                State bucket, encrypted and versioned
network    21   -       -        -
cluster    9    -       1        -       counts are final, values are not known yet

In all 30 to add, 0 to change, 1 to replace, 0 to remove.

Look twice at:
  cluster: aws_eks_cluster.this replace: all that runs in it is lost

Usually takes about 11m, along bootstrap → network → cluster.
Nothing was created.`);
  });
});
