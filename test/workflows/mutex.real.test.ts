import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('the workflow id as a deployment’s mutex', () => {
  it('runs the work as a child under that id when started under another, and gives its result', async () => {
    const spec = testSpec();
    const { result } = await runWorkflow(bed, 'CreateFlyte', { spec }, 'nightly-2026-01-01');
    expect(result!.phase).toBe('ready');
    const child = await bed.client.workflow.getHandle(`flyte/${spec.name}`).describe();
    expect(child).toMatchObject({ type: 'CreateFlyte', parentExecution: { workflowId: 'nightly-2026-01-01' } });
    const destroyed = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec), 'nightly-end');
    expect(destroyed.result).toMatchObject({ phase: 'gone', existed: true });
  });

  it('fails clearly when the id is taken', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const first = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    const create = await runWorkflow(bed, 'CreateFlyte', { spec }, 'another-id');
    expect(create.error).toMatchObject({ code: 'HGR-603', resource: `flyte/${spec.name}` });
    const destroy = await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec), 'yet-another-id');
    expect(destroy.error).toMatchObject({ code: 'HGR-603' });
    await expect(startWorkflow(bed, 'CreateFlyte', { spec })).rejects.toThrow(/already/i);
    await first.terminate();
  });

  it('gives the child’s failure as it is', async () => {
    const spec = { ...testSpec(), size: 'huge' };
    const { error } = await runWorkflow(bed, 'CreateFlyte', { spec }, 'bad-spec');
    expect(error).toMatchObject({ code: 'HGR-102' });
  });

  it('cancels the child with the parent and waits for its rollback', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const parent = await startWorkflow(bed, 'CreateFlyte', { spec }, 'cancelled-parent');
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    await parent.cancel();
    const { error } = await outcomeOf(bed, parent);
    expect(error).toMatchObject({ code: 'HGR-607', message: expect.stringContaining('gone again') });
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('rolls a creation back when its parent is terminated', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const parent = await startWorkflow(bed, 'CreateFlyte', { spec }, 'terminated-parent');
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    await parent.terminate();
    const child = bed.client.workflow.getHandle(`flyte/${spec.name}`);
    await expect(child.result()).rejects.toMatchObject({ cause: { type: 'HGR-607' } });
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('lets a destruction go on when its parent is terminated', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    bed.world.behave(spec.name, 'unmake', 'flyte', { ms: 1_000 });
    const parent = await startWorkflow(bed, 'DestroyFlyte', destroyInput(spec), 'terminated-destroyer');
    await until(() => bed.world.eventsOf(spec.name, 'start', 'unmake').includes('flyte'));
    await parent.terminate();
    await bed.client.workflow.getHandle(`flyte/${spec.name}`).result();
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });
});
