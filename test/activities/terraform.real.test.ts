import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terraformActivities } from '../../activities/terraform.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import type { StepRunOptions } from '../../src/terraform/StepRun.js';
import { openStepBench, type StepBench } from '../terraform/stepBench.js';
import { runInActivity } from './runInActivity.js';

let bench: StepBench;
beforeEach(async () => {
  bench = await openStepBench();
});
afterEach(() => bench.remove());

/** The activities over the fixture module, and what they are asked. */
function activities(options: Parameters<StepBench['attempt']>[0] = {}) {
  const { settings, cloud, request }: StepRunOptions = bench.attempt(options);
  return { ...terraformActivities({ settings, cloud: () => cloud }), request: request as StepRequest };
}

describe('applyTerraform, planTerraform and destroyTerraform', () => {
  it('plan, make and unmake a step, and heartbeat meanwhile', async () => {
    const { planTerraform, applyTerraform, destroyTerraform, request } = activities({ variables: { seconds: 1 } });
    const { result: plan } = await runInActivity(() => planTerraform(request));
    expect(plan).toMatchObject({ step: 'network', add: 3, remove: 0, provisional: false, risks: [] });
    expect(plan.resources).toContainEqual({ address: 'terraform_data.item["a"]', action: 'create' });

    const { result: made, beats } = await runInActivity(() => applyTerraform(request));
    expect(made.outputs).toEqual({ names: ['a', 'b'], note: 'literal ${not} a template' });
    expect(beats).toContainEqual(expect.objectContaining({ phase: 'apply', total: 3, current: expect.any(Array) }));

    const { result: unmade } = await runInActivity(() => destroyTerraform(request));
    expect(unmade).toMatchObject({ outputs: {}, changes: { add: 0, change: 0, remove: 3 }, leftovers: [] });
  });

  it('tell a failure as an ApplicationFailure of its code, with the step', async () => {
    const { applyTerraform, request } = activities({ module: 'failing' });
    const error = await runInActivity(() => applyTerraform(request)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApplicationFailure);
    expect(error).toMatchObject({
      type: 'HGR-399',
      nonRetryable: false,
      details: [{ code: 'HGR-399', step: 'network', resource: 'terraform_data.bad', next: expect.any(String) }],
    });
  });

  it('end as cancelled when they are cancelled', async () => {
    const { applyTerraform, request } = activities({ variables: { seconds: 60 } });
    const stop = new AbortController();
    const running = runInActivity(() => applyTerraform(request), { signal: stop.signal });
    const ended = expect(running).rejects.toBeInstanceOf(CancelledFailure);
    await expect.poll(() => existsSync(bench.journal), { timeout: 30_000 }).toBe(true);
    stop.abort();
    await ended;
    expect(await readFile(bench.journal, 'utf8')).not.toContain('made');
  });

  it('refuse to make a step by removing what stands', async () => {
    const first = activities({ variables: { items: ['a', 'b'] } });
    await runInActivity(() => first.applyTerraform(first.request));
    const second = activities({ variables: { items: ['a'] } });
    await expect(runInActivity(() => second.applyTerraform(second.request))).rejects.toMatchObject({
      type: 'HGR-310',
      nonRetryable: true,
      details: [{ problems: [{ path: 'terraform_data.item["b"]', message: expect.stringContaining('delete') }] }],
    });
  });
});
