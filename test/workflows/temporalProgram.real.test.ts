import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { destroyInput, startWorkflowBed, testSpec, until, type WorkflowBed } from '../support/workflowBed.js';

let bed: WorkflowBed;
let folder: string;
beforeAll(async () => {
  bed = await startWorkflowBed();
  folder = await mkdtemp(path.join(tmpdir(), 'hangar-temporal-program-'));
});
afterAll(async () => {
  await bed?.stop();
  await rm(folder, { recursive: true, force: true });
});

const temporal = (...args: string[]) => execa(bed.server.program, [...args, '--address', bed.server.address]);

/** The call that docs/temporal.md shows. */
async function start(type: string, name: string, input: unknown): Promise<void> {
  const file = path.join(folder, `${type}.json`);
  await writeFile(file, JSON.stringify(input));
  await temporal(
    'workflow',
    'start',
    '--type',
    type,
    '--task-queue',
    'hangar',
    '--workflow-id',
    `flyte/${name}`,
    '--input-file',
    file,
  );
}

describe('the `temporal` program alone', () => {
  it('creates, queries, cancels and destroys a deployment', async () => {
    const spec = testSpec();
    const id = `flyte/${spec.name}`;
    await start('CreateFlyte', spec.name, { spec });
    const { stdout: created } = await temporal('workflow', 'result', '--workflow-id', id, '--output', 'json');
    expect(JSON.parse(created).result).toMatchObject({ name: spec.name, phase: 'ready' });

    const { stdout: queried } = await temporal(
      'workflow',
      'query',
      '--workflow-id',
      id,
      '--type',
      'status',
      '--output',
      'json',
    );
    const status = JSON.parse(queried).queryResult as DeploymentStatus[];
    expect(status[0]).toMatchObject({ phase: 'ready' });

    bed.world.behave(spec.name, 'unmake', 'cluster', { hang: true });
    await start('DestroyFlyte', spec.name, destroyInput(spec));
    await until(() => bed.world.eventsOf(spec.name, 'start', 'unmake').includes('cluster'));
    await temporal('workflow', 'cancel', '--workflow-id', id);
    const cancelled = await temporal('workflow', 'result', '--workflow-id', id).catch((error) => error);
    expect(`${cancelled.stdout}${cancelled.stderr}`).toContain('HGR-607');

    bed.world.behave(spec.name, 'unmake', 'cluster', undefined);
    await start('DestroyFlyte', spec.name, destroyInput(spec));
    await temporal('workflow', 'result', '--workflow-id', id);
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('starts it by a schedule, which makes an id of its own', async () => {
    const spec = testSpec();
    const file = path.join(folder, 'scheduled.json');
    await writeFile(file, JSON.stringify({ spec }));
    const schedule = [
      '--schedule-id',
      'nightly',
      '--interval',
      '24h',
      '--type',
      'CreateFlyte',
      '--task-queue',
      'hangar',
    ];
    await temporal('schedule', 'create', ...schedule, '--workflow-id', `scheduled/${spec.name}`, '--input-file', file);
    await temporal('schedule', 'trigger', '--schedule-id', 'nightly');
    await until(() => bed.world.manifests.get(spec.name)?.phase === 'ready');
    expect(bed.world.manifests.get(spec.name)!.workflow.workflowId).toBe(`flyte/${spec.name}`);
  });
});
