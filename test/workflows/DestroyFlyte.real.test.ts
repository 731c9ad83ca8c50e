import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { buildGraph } from '../../src/graph/buildGraph.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import {
  destroyInput,
  outcomeOf,
  runWorkflow,
  startWorkflow,
  startWorkflowBed,
  testSpec,
  until,
  type WorkflowBed,
} from '../support/workflowBed.js';

let bed: WorkflowBed;
beforeAll(async () => {
  bed = await startWorkflowBed();
});
afterAll(() => bed?.stop());

async function created(changes: Parameters<typeof testSpec>[0] = {}) {
  const spec = testSpec(changes);
  const { result } = await runWorkflow(bed, 'CreateFlyte', { spec });
  expect(result!.phase).toBe('ready');
  return spec;
}

describe('a destruction', () => {
  it('unmakes every step after all that need it, keeps the state bucket, and deletes the manifest last', async () => {
    const spec = await created();
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(result).toMatchObject({ phase: 'gone', existed: true, leftovers: [], outputs: { bootstrap: {} } });
    expect(Object.keys(result!.outputs)).toEqual(['bootstrap']);
    const unmade = bed.world.eventsOf(spec.name, 'done', 'unmake');
    for (const { name, after, unmake } of buildGraph(parseSpec(spec))) {
      expect(unmade.filter((each) => each === name)).toHaveLength(unmake ? 1 : 0);
      for (const before of after.filter((each) => unmade.includes(each) && unmade.includes(name))) {
        expect(unmade.indexOf(name), `${name} goes before ${before}`).toBeLessThan(unmade.indexOf(before));
      }
    }
    expect(result!.steps.find(({ name }) => name === 'bootstrap')!.state).toBe('kept');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect(bed.world.manifests.has(spec.name)).toBe(false);
    const phases = bed.world.savedPhases.get(spec.name)!;
    expect(phases.at(-1)).toBe('destroying');
  });

  it('removes what a dead creation left, by the manifest alone', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const dead = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.manifests.get(spec.name)?.steps.database?.state === 'done');
    await dead.terminate();
    await until(() => bed.world.eventsOf(spec.name, 'stopped', 'make').includes('cluster'));
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(result!.phase).toBe('gone');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('fails for a deployment that never was, and succeeds with `ifExists`', async () => {
    const spec = testSpec();
    const { error } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(error).toMatchObject({ code: 'HGR-604', message: expect.stringContaining(spec.name) });
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec, { ifExists: true }));
    expect(result).toMatchObject({ phase: 'gone', existed: false, steps: [] });
  });

  it('refuses a protected deployment before it touches anything, and obeys once the protection is off', async () => {
    const spec = await created({ database: { deletionProtection: true } });
    const { error } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(error).toMatchObject({ code: 'HGR-611', step: 'database' });
    expect(bed.world.eventsOf(spec.name, 'start', 'unmake')).toEqual([]);
    expect(bed.world.manifests.get(spec.name)!.phase).toBe('ready');

    const unprotected = { ...spec, database: { deletionProtection: false } };
    const again = await runWorkflow(bed, 'CreateFlyte', { spec: unprotected, onExisting: 'resume' });
    expect(again.result!.phase).toBe('ready');
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(result!.phase).toBe('gone');
  });

  it('goes on after a failure, tells the first error and lists what is left', async () => {
    const spec = await created();
    const stuck = new HangarError('HGR-308', 'Not allowed to delete the role.', { resource: 'aws_iam_role.task' });
    bed.world.behave(spec.name, 'unmake', 'iam', { fail: stuck });
    bed.world.behave(spec.name, 'unmake', 'queues', {
      leftover: { step: 'queues', resource: 'aws_sqs_queue.events', id: 'arn:queue', reason: 'has messages' },
    });
    const { error } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(error).toMatchObject({ code: 'HGR-606' });
    expect(error!.message).toContain('Not allowed to delete the role');
    expect(error!.problems.map(({ path }) => path)).toEqual(['queues', 'iam', 'queues']);
    // What the failed steps needed was tried all the same: only they are left.
    expect(bed.world.standingOf(spec.name)).toEqual(['iam', 'queues']);
    expect(bed.world.manifests.get(spec.name)).toMatchObject({ phase: 'failed', error: { code: 'HGR-606' } });
    expect(bed.world.manifests.get(spec.name)!.steps).toMatchObject({
      iam: { state: 'failed' },
      cluster: { state: 'removed' },
    });
  });

  it('forgives what was stuck in a cluster that is gone', async () => {
    const spec = await created();
    bed.world.behave(spec.name, 'unmake', 'flyte', { fail: new HangarError('HGR-402', 'The API refused.') });
    const handle = await startWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    // The fake world keeps the step, as a cloud would not: the cluster took it along.
    await until(() => bed.world.eventsOf(spec.name, 'done', 'unmake').includes('cluster'));
    bed.world.forget(spec.name, 'flyte');
    const { result } = await outcomeOf(bed, handle);
    expect(result!.phase).toBe('gone');
  });

  it('does not call gone what the cloud still lists, although every step went well', async () => {
    const spec = await created();
    bed.world.phantomLeftovers.push([{ step: 'network', resource: 'subnet', id: 'subnet-1', reason: 'listed' }]);
    const { error } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(error).toMatchObject({
      code: 'HGR-606',
      problems: [{ path: 'network', message: expect.stringContaining('subnet-1') }],
    });
    expect(bed.world.manifests.get(spec.name)).toMatchObject({ phase: 'failed', leftovers: [{ id: 'subnet-1' }] });
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(result!.phase).toBe('gone');
  });

  it('stops gently when cancelled, shows the half that stands, and can be taken up again', async () => {
    const spec = await created();
    bed.world.behave(spec.name, 'unmake', 'cluster', { hang: true });
    const handle = await startWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    await until(() => bed.world.eventsOf(spec.name, 'start', 'unmake').includes('cluster'));
    await until(() => bed.world.eventsOf(spec.name, 'done', 'unmake').includes('bucket'));
    await handle.cancel();
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-607', next: expect.stringContaining('hangar destroy') });
    expect(bed.world.eventsOf(spec.name, 'stopped', 'unmake')).toEqual(['cluster']);
    expect(bed.world.eventsOf(spec.name, 'start', 'unmake')).not.toContain('network');
    const manifest = bed.world.manifests.get(spec.name)!;
    expect(manifest.phase).toBe('failed');
    expect(manifest.steps).toMatchObject({ bucket: { state: 'removed' }, network: { state: 'done' } });

    bed.world.behave(spec.name, 'unmake', 'cluster', undefined);
    const { result } = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(result!.phase).toBe('gone');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it.each([
    [undefined],
    [{}],
    [{ name: 'x' }],
    [{ ...destroyInput(testSpec()), cloud: 'moon' }],
    [{ ...destroyInput(testSpec()), force: true }],
  ])('fails at once on input %j', async (input) => {
    const { error } = await runWorkflow(bed, 'DestroyFlyte', input, `bad-input-${Math.random()}`);
    expect(error!.code).toBe('HGR-608');
  });
});

describe('PlanFlyte', () => {
  it('plans every step in order and makes nothing', async () => {
    const spec = testSpec();
    const { result } = await runWorkflow<{ step: string; add: number; notes: string[] }[]>(
      bed,
      'PlanFlyte',
      { spec },
      'plan-1',
    );
    const steps = buildGraph(parseSpec(spec));
    expect(result!.map(({ step }) => step)).toEqual(steps.map(({ name }) => name));
    expect(result!.map(({ add }) => add)).toEqual(steps.map(({ kind }) => (kind === 'terraform' ? 1 : 0)));
    expect(result!.filter(({ notes }) => notes.length > 0)).toHaveLength(
      steps.filter(({ kind }) => kind !== 'terraform').length,
    );
    expect(bed.world.eventsOf(spec.name, 'start', 'make')).toEqual([]);
  });

  it('runs beside a workflow that holds the mutex, and tells a wrong spec', async () => {
    const spec = await created();
    const { error } = await runWorkflow(bed, 'PlanFlyte', { spec: { ...spec, size: 'huge' } }, 'plan-2');
    expect(error!.code).toBe('HGR-102');
    const handle = await startWorkflow<DeploymentStatus>(bed, 'DestroyFlyte', destroyInput(spec));
    const { result } = await runWorkflow<{ provisional: boolean }[]>(bed, 'PlanFlyte', { spec }, 'plan-3');
    expect(result!.length).toBeGreaterThan(0);
    await outcomeOf(bed, handle);
  });
});
