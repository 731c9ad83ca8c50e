import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import { defineUpdate } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import {
  runWorkflow,
  startWorkflow,
  startWorkflowBed,
  testSpec,
  until,
  type WorkflowBed,
} from '../support/workflowBed.js';

const untilFinished = defineUpdate<DeploymentStatus>('untilFinished');

let bed: WorkflowBed;
beforeAll(async () => {
  bed = await startWorkflowBed();
});
afterAll(() => bed?.stop());

/** The text that Temporal's UI shows as a workflow's current details. */
async function currentDetails(workflowId: string): Promise<string> {
  const handle = bed.client.workflow.getHandle(workflowId);
  const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails ?? '';
}

describe('what a workflow shows of itself', () => {
  it('answers the query while it runs and after it has ended', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    const running = await handle.query<DeploymentStatus>('status');
    expect(running).toMatchObject({
      name: spec.name,
      cloud: 'aws',
      region: 'us-east-1',
      account: '123456789012',
      phase: 'creating',
    });
    expect(running.steps.find(({ name }) => name === 'network')).toMatchObject({ state: 'done', changes: { add: 1 } });
    expect(running.steps.find(({ name }) => name === 'cluster')).toMatchObject({ state: 'running', waitsFor: [] });
    expect(running.endedAt).toBeUndefined();
    await handle.cancel();
    await handle.result().catch(() => {});
    const ended = await handle.query<DeploymentStatus>('status');
    expect(ended).toMatchObject({ phase: 'gone', error: { code: 'HGR-607' } });
    expect(Date.parse(ended.endedAt!)).toBeGreaterThan(Date.parse(ended.startedAt));
  });

  it('can be found by its search attributes', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const query = `HangarDeployment = '${spec.name}' AND HangarCloud = 'aws' AND HangarRegion = 'us-east-1' AND HangarAccount = '123456789012' AND HangarPhase = 'ready'`;
    await until(async () => (await bed.client.workflow.count(query)).count === 1);
  });

  it('keeps a table of the steps that people can read in Temporal’s UI', async () => {
    const spec = testSpec({ onFailure: 'keep' });
    bed.world.behave(spec.name, 'make', 'nodes', { fail: new HangarError('HGR-306', 'No more | instances.') });
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const details = await currentDetails(`flyte/${spec.name}`);
    expect(details).toContain(`**${spec.name}** on aws us-east-1, account 123456789012: **failed**`);
    expect(details).toMatch(/\| database \| done \| \d\d:\d\d:\d\d \| \d\d:\d\d:\d\d \| PostgreSQL/);
    expect(details).toContain('HGR-306: No more \\| instances.');
    expect(details).toMatch(/\| flyte \| skipped \|/);
  });

  it('lets a client start it and wait for its end in one call', async () => {
    const spec = testSpec();
    const startWorkflowOperation = new WithStartWorkflowOperation<(input: unknown) => Promise<DeploymentStatus>>(
      'CreateFlyte',
      {
        workflowId: `flyte/${spec.name}`,
        taskQueue: bed.settings.taskQueue,
        args: [{ spec }],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      },
    );
    const status = await bed.client.workflow.executeUpdateWithStart(untilFinished, {
      startWorkflowOperation,
    });
    expect(status.phase).toBe('ready');
    await expect(startWorkflowOperation.workflowHandle()).resolves.toMatchObject({ workflowId: `flyte/${spec.name}` });
  });

  it('answers waiting updates when it fails, too', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { fail: new HangarError('HGR-306', 'No.'), ms: 500 });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    const [first, second] = await Promise.all([
      handle.executeUpdate(untilFinished),
      handle.executeUpdate(untilFinished),
    ]);
    expect(first).toMatchObject({ phase: 'gone', error: { code: 'HGR-605' } });
    expect(second).toEqual(first);
  });

  it('keeps its history small', async () => {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    const { historyLength, historySize } = await bed.client.workflow.getHandle(`flyte/${spec.name}`).describe();
    expect(historyLength).toBeLessThan(500);
    expect(historySize).toBeLessThan(500_000);
  });
});
