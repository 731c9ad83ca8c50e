import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/processes/freePort.js';
import { searchAttributes } from '../../src/graph/searchAttributes.js';
import { readSettings } from '../../src/settings/readSettings.js';
import { buildBundle, bundleFiles } from '../../src/worker/buildBundle.js';
import { startWorker } from '../../src/worker/startWorker.js';
import { fakeActivities } from '../support/fakeActivities.js';
import {
  outcomeOf,
  startWorkflow,
  startWorkflowBed,
  testSpec,
  until,
  type WorkflowBed,
} from '../support/workflowBed.js';

let bed: WorkflowBed;
let folder: string;
let metrics: string;
beforeAll(async () => {
  metrics = `127.0.0.1:${await freePort()}`;
  bed = await startWorkflowBed({ HANGAR_METRICS_ADDRESS: metrics });
  folder = await mkdtemp(path.join(tmpdir(), 'hangar-worker-'));
});
afterAll(async () => {
  await bed?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('startWorker', () => {
  it('registers the search attributes that the namespace lacks', async () => {
    const connection = await Connection.connect({ address: bed.server.address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    await connection.close();
    expect(Object.keys(customAttributes!)).toEqual(expect.arrayContaining(Object.values(searchAttributes)));
  });

  it('serves its metrics to Prometheus', async () => {
    const text = await (await fetch(`http://${metrics}/metrics`)).text();
    expect(text).toMatch(/temporal_worker_task_slots_available\{.*ActivityWorker.*\} 50/);
  });

  it('fails with the address when Temporal is not there', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const settings = readSettings({ TEMPORAL_ADDRESS: address });
    const starting = startWorker(settings, { activities: fakeActivities(bed.world), bundle: bed.bundle });
    await expect(starting).rejects.toMatchObject({ code: 'HGR-601', message: expect.stringContaining(address) });
  });

  it('fails clearly without a bundle', async () => {
    const bundle = path.join(folder, 'none.js');
    const starting = startWorker(bed.settings, { activities: fakeActivities(bed.world), bundle });
    await expect(starting).rejects.toMatchObject({ code: 'HGR-901', next: expect.stringContaining('build') });
  });

  it('when stopped, stops running steps gently, and the next worker tries them again', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true, attempts: 1 });
    const handle = await startWorkflow(bed, 'CreateFlyte', { spec });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));
    bed.worker.shutdown();
    await bed.worker.stopped;
    expect(bed.world.eventsOf(spec.name, 'stopped', 'make')).toEqual(['cluster']);
    expect(bed.world.eventsOf(spec.name, 'start', 'unmake')).toEqual([]);

    bed.worker = await startWorker(
      { ...bed.settings, metricsAddress: undefined },
      { activities: fakeActivities(bed.world), bundle: bed.bundle },
    );
    const { result } = await outcomeOf(bed, handle);
    expect(result!.phase).toBe('ready');
  });
});

describe('buildBundle', () => {
  it('does nothing while its sources are the same, and builds again when one changes', async () => {
    const files = bundleFiles(path.join(folder, 'bundle.js'));
    const sources = [...files.sources, await mkdtemp(path.join(folder, 'more-'))];
    expect(await buildBundle({ ...files, sources })).toBe(true);
    const { mtimeMs } = await stat(files.bundle);
    expect(await buildBundle({ ...files, sources })).toBe(false);
    expect((await stat(files.bundle)).mtimeMs).toBe(mtimeMs);
    await writeFile(path.join(sources.at(-1)!, 'new.ts'), 'export {};\n');
    expect(await buildBundle({ ...files, sources })).toBe(true);
  });

  it('writes no bundle from code that cannot be one', async () => {
    const entry = path.join(folder, 'broken.ts');
    await writeFile(entry, "import 'node:fs';\nexport async function Broken() {}\n");
    const files = { ...bundleFiles(path.join(folder, 'broken.js')), entry };
    await expect(buildBundle(files)).rejects.toThrow(/webpack/i);
    await expect(stat(files.bundle)).rejects.toThrow(/ENOENT/);
  });
});
