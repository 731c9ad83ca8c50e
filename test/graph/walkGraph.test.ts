import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import type { Step } from '../../src/graph/Step.js';
import type { StepName } from '../../src/graph/StepName.js';
import { stepInputs, type WalkDirection } from '../../src/graph/stepInputs.js';
import { walkGraph } from '../../src/graph/walkGraph.js';
import { randomGraph, testStep } from './randomGraph.js';

const direction = fc.constantFrom<WalkDirection>('make', 'unmake');

/** A run whose steps end one at a time, when the test says so. */
class ManualRun {
  readonly running = new Map<StepName, { resolve: (value: string) => void; reject: (error: unknown) => void }>();
  readonly started: StepName[] = [];

  readonly run = (step: Step): Promise<string> => {
    this.started.push(step.name);
    return new Promise((resolve, reject) => this.running.set(step.name, { resolve, reject }));
  };

  async end(name: StepName, error?: unknown): Promise<void> {
    const { resolve, reject } = this.running.get(name)!;
    this.running.delete(name);
    if (error === undefined) resolve(`made ${name}`);
    else reject(error);
    await settleMicrotasks();
  }
}

/** Lets every promise that can go on go on. */
const settleMicrotasks = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Walks a graph, ending running steps in the order `choice` picks; checks `invariant` whenever all is quiet. */
async function drive(
  steps: Step[],
  way: WalkDirection,
  choice: () => number,
  options: Parameters<typeof walkGraph<string>>[3] & {
    fails?: ReadonlySet<StepName>;
    quiet?: (manual: ManualRun) => void;
  },
) {
  const manual = new ManualRun();
  const walk = walkGraph(steps, way, manual.run, options);
  await settleMicrotasks();
  while (manual.running.size > 0) {
    options.quiet?.(manual);
    const names = [...manual.running.keys()].sort();
    const name = names[choice() % names.length]!;
    await manual.end(name, options.fails?.has(name) ? new Error(`${name} broke`) : undefined);
  }
  return { outcomes: await walk, started: manual.started };
}

const choices = fc.infiniteStream(fc.nat()).map((stream) => () => stream.next().value as number);

describe('walkGraph', () => {
  it('runs exactly the steps whose inputs are done, at every moment, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph, direction, choices, async (steps, way, choice) => {
        const inputs = stepInputs(steps, way);
        const { outcomes, started } = await drive(steps, way, choice, {
          quiet: (manual) => {
            const done = new Set(manual.started.filter((name) => !manual.running.has(name)));
            const ready = steps.filter((step) => inputs.get(step.name)!.every((name) => done.has(name)));
            expect(new Set(manual.started)).toEqual(new Set(ready.map((step) => step.name)));
          },
        });
        expect(started).toHaveLength(steps.length);
        for (const step of steps) {
          expect(outcomes.get(step.name)).toEqual({ state: 'done', value: `made ${step.name}` });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('starts nothing after a failure, waits for what runs, and settles every step', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph, direction, choices, fc.nat(), async (steps, way, choice, which) => {
        const failing = steps[which % steps.length]!.name;
        const settled = new Map<StepName, string>();
        let startedAtFailure: number | undefined;
        let starts = 0;
        const { outcomes, started } = await drive(steps, way, choice, {
          fails: new Set([failing]),
          onStart: () => {
            starts++;
          },
          onSettled: (step, outcome) => {
            expect(settled.has(step.name)).toBe(false);
            settled.set(step.name, outcome.state);
            if (outcome.state === 'failed') startedAtFailure = starts;
          },
        });
        expect(starts).toBe(startedAtFailure);
        expect(settled.size).toBe(steps.length);
        expect(outcomes.size).toBe(steps.length);
        for (const step of steps) {
          const state = outcomes.get(step.name)!.state;
          expect(state).toBe(settled.get(step.name));
          expect(state).toBe(step.name === failing ? 'failed' : started.includes(step.name) ? 'done' : 'skipped');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('with keepGoing skips exactly what needs a failed step', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomGraph,
        direction,
        choices,
        fc.array(fc.nat(), { maxLength: 3 }),
        async (steps, way, choice, which) => {
          const fails = new Set(which.map((index) => steps[index % steps.length]!.name));
          const inputs = stepInputs(steps, way);
          const needsFailed = (name: StepName): boolean =>
            inputs.get(name)!.some((input) => fails.has(input) || needsFailed(input));
          const { outcomes } = await drive(steps, way, choice, { fails, keepGoing: true });
          for (const { name } of steps) {
            const expected = needsFailed(name) ? 'skipped' : fails.has(name) ? 'failed' : 'done';
            expect(outcomes.get(name)!.state).toBe(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('starts nothing more once stopped, and lets what runs end', async () => {
    const steps = [testStep('a'), testStep('b', ['a']), testStep('c')];
    let stopped = false;
    const manual = new ManualRun();
    const walk = walkGraph(steps, 'make', manual.run, { stop: () => stopped });
    await settleMicrotasks();
    stopped = true;
    await manual.end('a' as StepName);
    await manual.end('c' as StepName);
    const states = [...(await walk)].map(([name, outcome]) => [name, outcome.state]);
    expect(states).toEqual([
      ['a', 'done'],
      ['b', 'skipped'],
      ['c', 'done'],
    ]);
  });

  it('takes a run that throws at once for a failed step', async () => {
    const outcomes = await walkGraph([testStep('a')], 'make', () => {
      throw new Error('at once');
    });
    expect(outcomes.get('a' as StepName)).toEqual({ state: 'failed', error: new Error('at once') });
  });

  it('refuses steps that wait for each other instead of waiting for ever', async () => {
    const walk = walkGraph([testStep('a', ['b']), testStep('b', ['a'])], 'make', async () => {});
    await expect(walk).rejects.toThrow(HangarError);
    await expect(walk).rejects.toThrow('a → b → a');
  });

  it('gives an empty map for no steps', async () => {
    expect(await walkGraph([], 'make', async () => {})).toEqual(new Map());
  });
});
