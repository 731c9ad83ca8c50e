import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { startWorkflowBed, testSpec, type WorkflowBed } from '../support/workflowBed.js';

let bed: WorkflowBed;
beforeAll(async () => {
  bed = await startWorkflowBed();
});
afterAll(() => bed?.stop());

describe('CreateFlyte', () => {
  it('makes every step and gives the outputs', async () => {
    const spec = testSpec();
    const status = await bed.client.workflow.execute<(input: unknown) => Promise<DeploymentStatus>>('CreateFlyte', {
      taskQueue: 'hangar',
      workflowId: `flyte/${spec.name}`,
      args: [{ spec }],
    });
    expect(status.phase).toBe('ready');
    expect(status.steps.every((step) => step.state === 'done')).toBe(true);
  });
});
