import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundle, bundleFiles } from '../../src/worker/buildBundle.js';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
let temporary: string;
let bundle: string;

beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
  });
  temporary = await mkdtemp(path.join(tmpdir(), 'hangar-replay-'));
  bundle = path.join(temporary, 'bundle.js');
  await buildBundle(bundleFiles(bundle));
}, 120_000);
afterAll(() => rm(temporary, { recursive: true, force: true }));

interface History {
  readonly events: readonly { readonly workflowExecutionStartedEventAttributes?: { readonly workflowId: string } }[];
}

/** Runs the workflow code of today over a history of then; rejects where it would have done something else. */
async function replay(history: History): Promise<void> {
  const { workflowId } = history.events[0]!.workflowExecutionStartedEventAttributes!;
  await Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history, workflowId);
}

async function historyOf(file: string): Promise<History> {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'));
}

describe('recorded workflows', () => {
  it('are there, of every type and ending', () => {
    expect(files.map((name) => name.replace('.json', '')).sort()).toEqual([
      'CreateFlyte-cancelled',
      'CreateFlyte-ready',
      'CreateFlyte-resumed-with-leftovers',
      'CreateFlyte-rolled-back',
      'DestroyFlyte-cancelled',
      'DestroyFlyte-gone',
      'PlanFlyte-planned',
    ]);
  });

  it.each(files)(
    '%s replays: workflows under way survive this version',
    async (file) => {
      await replay(await historyOf(file));
    },
    60_000,
  );

  it('would not replay if a step were made by another activity', async () => {
    const history = await historyOf('CreateFlyte-ready.json');
    const text = JSON.stringify(history).replace('"name":"makeBootstrap"', '"name":"makeSomethingElse"');
    await expect(replay(JSON.parse(text))).rejects.toThrow(/makeBootstrap|nondeterminism/i);
  }, 60_000);
});
