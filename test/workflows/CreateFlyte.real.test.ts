import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { buildGraph } from '../../src/graph/buildGraph.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { stepNames } from '../../src/graph/StepName.js';
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

const quota = new HangarError('HGR-306', 'The quota of elastic addresses is exhausted.', {
  resource: 'aws_eip.nat',
  next: 'Ask for more elastic addresses.',
});
const all = [...stepNames].sort();
const removable = all.filter((name) => name !== 'bootstrap' && name !== 'smoke');

describe('a creation that succeeds', () => {
  it('makes every step once and gives each one’s outputs', async () => {
    const spec = testSpec();
    const { result } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(result!.phase).toBe('ready');
    expect(result!.steps.map(({ name, state }) => [name, state])).toEqual(stepNames.map((name) => [name, 'done']));
    expect(Object.keys(result!.outputs).sort()).toEqual(all);
    expect(bed.world.eventsOf(spec.name, 'start', 'make').sort()).toEqual(all);
    expect(bed.world.standingOf(spec.name)).toEqual(removable);
  });

  it('keeps a manifest from before the first cost to the end', async () => {
    const spec = testSpec({ lifetime: { ttl: '4h', max: '8h' } });
    bed.world.behave(spec.name, 'make', 'network', { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('network'));
    const early = bed.world.manifests.get(spec.name)!;
    expect(early.phase).toBe('creating');
    expect(early.workflow.workflowId).toBe(`flyte/${spec.name}`);
    await handle.terminate();

    const whole = testSpec({ lifetime: { ttl: '4h', max: '8h' } });
    await runWorkflow(bed, 'CreateFlyte', { spec: whole });
    const manifest = bed.world.manifests.get(whole.name)!;
    expect(manifest).toMatchObject({ phase: 'ready', spec: parseSpec(whole), leftovers: [] });
    expect(Object.values(manifest.steps).every((step) => step.state === 'done')).toBe(true);
    expect(Object.keys(manifest.outputs).sort()).toEqual(all);
    const hours = (Date.parse(manifest.expires!) - Date.parse(manifest.createdAt)) / 3_600_000;
    expect(Math.round(hours)).toBe(4);
  });

  it('starts a step the moment its own inputs stand, whatever else is under way', async () => {
    const spec = testSpec();
    for (const step of ['cluster', 'dns', 'queues'] as const) bed.world.behave(spec.name, 'make', step, { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    const done = () => bed.world.eventsOf(spec.name, 'done', 'make').sort();
    await until(() => done().length === 5);
    expect(done()).toEqual(['bootstrap', 'bucket', 'database', 'egress', 'network']);
    const status = await handle.query<DeploymentStatus>('status');
    expect(status.steps.find(({ name }) => name === 'iam')).toMatchObject({
      state: 'waiting',
      waitsFor: ['cluster', 'queues'],
    });
    await handle.terminate();
  });

  it('gives a step the outputs of the steps before it and of no other', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const { events } = await bed.client.workflow.getHandle(`flyte/${spec.name}`).fetchHistory();
    const input = events!
      .map((event) => event.activityTaskScheduledEventAttributes)
      .find((task) => task?.activityId === 'make/queues');
    const request = JSON.parse(new TextDecoder().decode(input!.input!.payloads![0]!.data!));
    expect(Object.keys(request.outputs)).toEqual(['bootstrap']);
  });

  it('tries a step again whose error may pass', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'nodes', { fail: new HangarError('HGR-303', 'Throttled.'), attempts: 2 });
    const { result } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(result!.phase).toBe('ready');
    expect(bed.world.eventsOf(spec.name, 'start', 'make').filter((name) => name === 'nodes')).toHaveLength(3);
  });
});

describe('a creation whose step fails for good', () => {
  it.each(stepNames)('leaves nothing behind when %s fails, and tells both', async (step) => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', step, { fail: quota });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-605', step, resource: 'aws_eip.nat', next: quota.next });
    expect(error!.message).toContain(quota.message.slice(0, -1));
    expect(error!.message).toContain('gone again');
    expect(error!.problems[0]).toMatchObject({ path: step });
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect(bed.world.manifests.has(spec.name)).toBe(false);

    const status = await handle.query<DeploymentStatus>('status');
    expect(status.phase).toBe('gone');
    expect(status.steps.find(({ name }) => name === step)!.error).toMatchObject({ code: 'HGR-306' });
  });

  it('unmakes what was started and nothing else, each step after all that need it', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'iam', { fail: quota });
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const started = bed.world.eventsOf(spec.name, 'start', 'make');
    const unmade = bed.world.eventsOf(spec.name, 'done', 'unmake');
    expect(started).not.toContain('flyte');
    expect([...unmade].sort()).toEqual(started.filter((name) => name !== 'bootstrap').sort());
    for (const { name, after } of buildGraph(parseSpec(spec))) {
      for (const before of after.filter((each) => unmade.includes(each) && unmade.includes(name))) {
        expect(unmade.indexOf(name), `${name} goes before ${before}`).toBeLessThan(unmade.indexOf(before));
      }
    }
  });

  it('stops the steps that run, since their work would only be undone', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'database', { hang: true });
    bed.world.behave(spec.name, 'make', 'cluster', { fail: quota, ms: 300 });
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(error).toMatchObject({ code: 'HGR-605', step: 'cluster' });
    expect(bed.world.eventsOf(spec.name, 'stopped', 'make')).toEqual(['database']);
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('keeps what stands with `onFailure: keep` and lets running steps finish', async () => {
    const spec = testSpec({ onFailure: 'keep' });
    bed.world.behave(spec.name, 'make', 'database', { ms: 500 });
    bed.world.behave(spec.name, 'make', 'cluster', { fail: quota });
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(error).toMatchObject({ code: 'HGR-609', step: 'cluster' });
    expect(error!.message).toContain('kept');
    expect(bed.world.eventsOf(spec.name, 'start', 'unmake')).toEqual([]);
    expect(bed.world.eventsOf(spec.name, 'done', 'make')).toContain('database');
    const manifest = bed.world.manifests.get(spec.name)!;
    expect(manifest).toMatchObject({ phase: 'failed', error: { code: 'HGR-609' } });
    expect(manifest.steps).toMatchObject({ cluster: { state: 'failed' }, database: { state: 'done' } });
  });

  it('lists what the rollback could not remove and keeps the manifest', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'smoke', { fail: new HangarError('HGR-501', 'The echo task failed.') });
    const stuck = new HangarError('HGR-308', 'Not allowed to delete the bucket.', { resource: 'aws_s3_bucket.this' });
    bed.world.behave(spec.name, 'unmake', 'bucket', { fail: stuck });
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(error!.code).toBe('HGR-609');
    expect(error!.message).toContain('The echo task failed');
    expect(error!.problems.map(({ path }) => path)).toEqual(['smoke', 'bucket']);
    expect(error!.problems[1]!.message).toContain('id-bucket');
    expect(bed.world.standingOf(spec.name)).toEqual(['bucket']);
    expect(bed.world.manifests.get(spec.name)).toMatchObject({
      phase: 'failed',
      leftovers: [
        { step: 'bucket', resource: 'fake.bucket', id: 'id-bucket', reason: expect.stringContaining('HGR-308') },
      ],
    });

    bed.world.behave(spec.name, 'unmake', 'bucket', undefined);
    const again = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    expect(again.result).toMatchObject({ phase: 'gone', existed: true });
  });
});

describe('a creation that is cancelled', () => {
  it.each(stepNames)('leaves nothing behind when it is cancelled during %s', async (step) => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', step, { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes(step));
    await handle.cancel();
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-607' });
    expect(error!.message).toContain('gone again');
    expect(bed.world.eventsOf(spec.name, 'stopped', 'make')).toContain(step);
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect(bed.world.manifests.has(spec.name)).toBe(false);
  });

  it('keeps what stands with `onFailure: keep`', async () => {
    const spec = testSpec({ onFailure: 'keep' });
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'done', 'make').includes('database'));
    await handle.cancel();
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-607' });
    expect(bed.world.standingOf(spec.name)).toContain('database');
    expect(bed.world.manifests.get(spec.name)!.phase).toBe('failed');
  });

  it('does not let a second cancellation break the rollback off', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    bed.world.behave(spec.name, 'unmake', 'cluster', { ms: 500 });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    await handle.cancel();
    await until(() => bed.world.eventsOf(spec.name, 'start', 'unmake').includes('cluster'));
    await handle.cancel();
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-607' });
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });
});

describe('a name that is taken', () => {
  it('refuses a deployment that is ready, and leaves it as it is', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const before = bed.world.events.length;
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    const { error } = await outcomeOf(bed, handle);
    expect(error).toMatchObject({ code: 'HGR-204', next: expect.stringContaining(`hangar destroy ${spec.name}`) });
    expect(bed.world.events).toHaveLength(before);
    // The refused run knows how the deployment stands.
    const status = await handle.query<DeploymentStatus>('status');
    expect(status).toMatchObject({ phase: 'ready', outputs: { cluster: { made_by: 'cluster' } } });
  });

  it('applies the same spec again with `resume`, and never rolls a ready deployment back', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const again = await runWorkflow(bed, 'CreateFlyte', { spec, onExisting: 'resume' });
    expect(again.result!.phase).toBe('ready');
    bed.world.behave(spec.name, 'make', 'nodes', { fail: quota });
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec, onExisting: 'resume' });
    expect(error).toMatchObject({ code: 'HGR-609', message: expect.stringContaining('nothing of it was removed') });
    expect(bed.world.eventsOf(spec.name, 'start', 'unmake')).toEqual([]);
    expect(bed.world.standingOf(spec.name)).toEqual(removable);
  });

  it('refuses to resume with another spec and names the keys', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const changed = { ...spec, size: 'large' as const, cluster: { gpu: true }, onFailure: 'keep' as const };
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec: changed, onExisting: 'resume' });
    expect(error!.code).toBe('HGR-204');
    expect(error!.problems.map(({ path }) => path)).toEqual(['size', 'cluster.gpu']);
  });

  it('goes on from what a dead run left, only when asked to', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const dead = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.manifests.get(spec.name)?.steps.database?.state === 'done');
    await dead.terminate();
    bed.world.behave(spec.name, 'make', 'cluster', undefined);

    const refused = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(refused.error).toMatchObject({ code: 'HGR-204', next: expect.stringContaining('resume') });
    const { result } = await runWorkflow(bed, 'CreateFlyte', { spec, onExisting: 'resume' });
    expect(result!.phase).toBe('ready');
    expect(bed.world.manifests.get(spec.name)).toMatchObject({ phase: 'ready' });
  });

  it('rolls back what the dead run left too when the resumed run fails', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'smoke', { hang: true });
    const dead = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.manifests.get(spec.name)?.steps.records?.state === 'done');
    await dead.terminate();
    // Temporal tells the activity of a terminated workflow to stop with its next heartbeat.
    await until(() => bed.world.eventsOf(spec.name, 'stopped', 'make').includes('smoke'));
    bed.world.behave(spec.name, 'make', 'network', { fail: quota });
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec, onExisting: 'resume' });
    expect(error!.code).toBe('HGR-605');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect(bed.world.manifests.has(spec.name)).toBe(false);
  });
});

describe('what is wrong before anything is made', () => {
  it.each([
    [undefined, 'HGR-608'],
    ['research', 'HGR-608'],
    [{ spec: testSpec(), onExisting: 'replace' }, 'HGR-608'],
    [{ spec: testSpec(), sepc: 1 }, 'HGR-608'],
    [{}, 'HGR-102'],
    [{ spec: { ...testSpec(), region: 7, size: 'huge', colour: 'red' } }, 'HGR-102'],
  ])('fails at once on input %j', async (input, code) => {
    const { error } = await runWorkflow(bed, 'CreateFlyte', input, `bad-input-${Math.random()}`);
    expect(error!.code).toBe(code);
  });

  it('tells all mistakes of a spec in one go', async () => {
    const spec = { ...testSpec(), region: 7, size: 'huge', colour: 'red' };
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec });
    expect(error!.problems.map(({ path }) => path).sort()).toEqual(['colour', 'region', 'size']);
  });

  it('gives what preflight found, and makes nothing', async () => {
    const spec = testSpec();
    bed.world.preflightProblem = new HangarError('HGR-203', 'The credentials belong to account 210987654321.');
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec });
    bed.world.preflightProblem = undefined;
    expect(error).toMatchObject({ code: 'HGR-203' });
    expect(bed.world.eventsOf(spec.name, 'start', 'make')).toEqual([]);
  });
});
