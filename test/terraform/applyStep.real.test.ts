import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyStep } from '../../src/terraform/applyStep.js';
import { removeStep } from '../../src/terraform/removeStep.js';
import { openStepBench, type StepBench } from './stepBench.js';

let bench: StepBench;
beforeEach(async () => {
  bench = await openStepBench();
});
afterEach(() => bench.remove());

describe('applyStep', () => {
  it('makes a step, says where it is, and gives its outputs', async () => {
    const report = await applyStep(bench.attempt({ variables: { items: ['x', 'y'], seconds: 1 } }));
    expect(report.changes).toEqual({ add: 3, change: 0, remove: 0 });
    expect(report.outputs).toEqual({ names: ['x', 'y'], note: 'literal ${not} a template' });
    expect(report.toolSeconds).toBeGreaterThan(1);
    expect(bench.progress.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['init', 'plan', 'apply']));
    expect(bench.progress).toContainEqual(
      expect.objectContaining({
        phase: 'apply',
        done: 1,
        total: 3,
        current: expect.arrayContaining([
          expect.objectContaining({ resource: 'terraform_data.item["x"]', action: 'creating' }),
        ]),
      }),
    );
    expect(bench.progress.at(-1)).toMatchObject({ phase: 'apply', done: 3, total: 3 });
  });

  it('changes nothing when it is repeated', async () => {
    await applyStep(bench.attempt());
    const again = await applyStep(bench.attempt());
    expect(again.changes).toEqual({ add: 0, change: 0, remove: 0 });
    const made = (await readFile(bench.journal, 'utf8')).split('\n').filter((line) => line.startsWith('made'));
    expect(made.sort()).toEqual(['made a', 'made b']);
  });

  it('leaves no workspace behind: no plan, no variables, no output', async () => {
    await applyStep(bench.attempt());
    expect(await readdir(join(bench.home, 'workspaces'))).toEqual([]);
  });

  it('is undone by removeStep, which leaves no state', async () => {
    await applyStep(bench.attempt());
    const report = await removeStep(bench.attempt());
    expect(report.changes).toEqual({ add: 0, change: 0, remove: 3 });
    expect(await bench.objects()).toEqual([]);
    expect((await removeStep(bench.attempt())).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });
});
