import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src/errors/errorCodes.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { type StepName, stepNames } from '../../src/graph/StepName.js';
import {
  destroyInput,
  outcomeOf,
  runWorkflow,
  startWorkflow,
  startWorkflowBed,
  testSpec,
  type WorkflowBed,
} from '../support/workflowBed.js';

let bed: WorkflowBed;
beforeAll(async () => {
  bed = await startWorkflowBed();
});
afterAll(() => bed?.stop());

const step = fc.constantFrom(...stepNames);
/** Retryable errors end after two attempts, so that no run waits for its last. */
const trouble = fc.oneof(
  fc.record({
    kind: fc.constant('fails' as const),
    step,
    code: fc.constantFrom<ErrorCode>('HGR-306', 'HGR-310', 'HGR-303', 'HGR-399'),
  }),
  fc.record({ kind: fc.constant('is slow' as const), step, ms: fc.integer({ min: 1, max: 200 }) }),
);
const cancelAfterMs = fc.option(fc.integer({ min: 0, max: 1_500 }), { nil: undefined });
const scheduler = fc.constantFrom('native' as const, 'cloud' as const);

describe('whatever fails and whenever it is cancelled', () => {
  it('a deployment is ready or gone, never in between', async () => {
    const run = fc.record({ troubles: fc.array(trouble, { maxLength: 5 }), cancelAfterMs, scheduler });
    await fc.assert(
      fc.asyncProperty(run, async ({ troubles, cancelAfterMs, scheduler }) => {
        const spec = testSpec({ flyte: { components: { scheduler } } });
        for (const each of troubles) bed.world.behave(spec.name, 'make', each.step as StepName, behaviourOf(each));
        const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
        const timer =
          cancelAfterMs === undefined
            ? undefined
            : setTimeout(() => void handle.cancel().catch(() => {}), cancelAfterMs);
        const { result, error } = await outcomeOf(bed, handle);
        clearTimeout(timer);

        if (result) {
          expect(result.steps.every(({ state }) => state === 'done')).toBe(true);
          expect(bed.world.manifests.get(spec.name)!.phase).toBe('ready');
          const destroyed = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
          expect(destroyed.result!.phase).toBe('gone');
        } else {
          expect(['HGR-605', 'HGR-607']).toContain(error!.code);
        }
        expect(bed.world.standingOf(spec.name)).toEqual([]);
        expect(bed.world.manifests.has(spec.name)).toBe(false);
        const outOfOrder =
          bed.world.events.some(({ event, deployment }) => deployment === spec.name && event === 'start') &&
          error?.message.includes('out of order');
        expect(outOfOrder ?? false).toBe(false);
      }),
      { numRuns: 40, seed: 20_260, endOnFailure: true },
    );
  });
});

function behaviourOf(each: { kind: 'fails'; code: ErrorCode } | { kind: 'is slow'; ms: number }) {
  if (each.kind === 'is slow') return { ms: each.ms };
  const fail = new HangarError(each.code, `Chaos: ${errorCodes[each.code].title}`);
  return fail.retryable ? { fail, attempts: 2 } : { fail };
}
