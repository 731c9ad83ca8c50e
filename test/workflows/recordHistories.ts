import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { HangarError } from '../../src/errors/HangarError.js';
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

/*
 * Records the histories that replay.test.ts replays, by the real `temporal` program: after a build,
 * `node dist/test/workflows/recordHistories.js`. To be run when workflows change on purpose and no old run needs to go on; else
 * the change belongs behind `patched` (docs/temporal.md).
 */

/** Each scenario gives the id of the workflow whose history it is about. */
const scenarios: Record<string, (bed: WorkflowBed) => Promise<string>> = {
  async 'CreateFlyte-ready'(bed) {
    const spec = testSpec({ lifetime: { ttl: '8h' } });
    await runWorkflow(bed, 'CreateFlyte', { spec });
    return spec.name;
  },
  async 'CreateFlyte-rolled-back'(bed) {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'database', { hang: true });
    bed.world.behave(spec.name, 'make', 'cluster', { fail: new HangarError('HGR-306', 'No quota.'), ms: 300 });
    await runWorkflow(bed, 'CreateFlyte', { spec });
    return spec.name;
  },
  async 'CreateFlyte-cancelled'(bed) {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'nodes', { hang: true });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('nodes'));
    await handle.cancel();
    await outcomeOf(bed, handle);
    return spec.name;
  },
  async 'CreateFlyte-resumed-with-leftovers'(bed) {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const dead = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.manifests.get(spec.name)?.steps.database?.state === 'done');
    await dead.terminate();
    bed.world.behave(spec.name, 'make', 'cluster', undefined);
    bed.world.behave(spec.name, 'make', 'smoke', { fail: new HangarError('HGR-501', 'It does not run.') });
    bed.world.behave(spec.name, 'unmake', 'bucket', { fail: new HangarError('HGR-308', 'Not allowed.') });
    await runWorkflow(bed, 'CreateFlyte', { spec, onExisting: 'resume' });
    return spec.name;
  },
  async 'DestroyFlyte-gone'(bed) {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    await runWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    return spec.name;
  },
  async 'DestroyFlyte-cancelled'(bed) {
    const spec = testSpec();
    await runWorkflow(bed, 'CreateFlyte', { spec });
    bed.world.behave(spec.name, 'unmake', 'cluster', { hang: true });
    const handle = await startWorkflow(bed, 'DestroyFlyte', destroyInput(spec));
    await until(() => bed.world.eventsOf(spec.name, 'start', 'unmake').includes('cluster'));
    await handle.cancel();
    await outcomeOf(bed, handle);
    return spec.name;
  },
  async 'PlanFlyte-planned'(bed) {
    await runWorkflow(bed, 'PlanFlyte', { spec: testSpec() }, 'plan');
    return '';
  },
};

const folder = fileURLToPath(new URL('../../../test/histories/', import.meta.url));
await mkdir(folder, { recursive: true });
const bed = await startWorkflowBed();
try {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const deployment = await scenario(bed);
    const workflowId = deployment ? `flyte/${deployment}` : 'plan';
    const { program, address } = bed.server;
    const show = ['workflow', 'show', '--address', address, '--workflow-id', workflowId, '--output', 'json'];
    const { stdout } = await execa(program, show);
    const file = path.join(folder, `${name}.json`);
    await writeFile(file, `${JSON.stringify(JSON.parse(stdout))}\n`);
    process.stdout.write(`wrote ${file} (${stdout.length} characters)\n`);
  }
} finally {
  await bed.stop();
}
