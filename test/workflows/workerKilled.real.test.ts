import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { stepNames } from '../../src/graph/StepName.js';
import { FakeWorld } from '../support/FakeWorld.js';
import { startTemporalServer, type TemporalServer } from '../support/temporalServer.js';
import { testSpec, until } from '../support/workflowBed.js';

const program = fileURLToPath(new URL('../../dist/test/support/workerProcess.js', import.meta.url));
let server: TemporalServer;
let connection: Connection;
let folder: string;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  server = await startTemporalServer();
  connection = await Connection.connect({ address: server.address });
  folder = mkdtempSync(path.join(tmpdir(), 'hangar-worker-killed-'));
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await connection?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startWorkerProcess(worldFile: string): Promise<ChildProcess> {
  const env = { ...process.env, TEMPORAL_ADDRESS: server.address };
  const worker = spawn(process.execPath, [program, worldFile], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  workers.push(worker);
  await Promise.race([
    once(worker.stdout!, 'data'),
    once(worker, 'exit').then(() => Promise.reject(new Error('the worker ended; is the build up to date?'))),
  ]);
  return worker;
}

it('a creation whose worker is killed goes on with the next one, from where it was', async () => {
  const spec = testSpec();
  const worldFile = path.join(folder, 'world.json');
  const world = new FakeWorld();
  const read = () => world.restore(readFileSync(worldFile, 'utf8'));
  // Slow enough to be under way when the worker dies.
  world.behave(spec.name, 'make', 'cluster', { ms: 3_000 });
  writeFileSync(worldFile, world.snapshot());

  const first = await startWorkerProcess(worldFile);
  const client = new Client({ connection });
  const handle = await client.workflow.start<(input: unknown) => Promise<DeploymentStatus>>('CreateFlyte', {
    taskQueue: 'hangar',
    workflowId: `flyte/${spec.name}`,
    args: [{ spec }],
  });
  await until(() => {
    read();
    return world.eventsOf(spec.name, 'done', 'make').includes('database');
  });
  first.kill('SIGKILL');
  await once(first, 'exit');
  read();
  const before = world.eventsOf(spec.name, 'done', 'make');
  expect(before).not.toContain('cluster');

  await startWorkerProcess(worldFile);
  const status = await handle.result();
  read();
  expect(status.phase).toBe('ready');
  const started = world.eventsOf(spec.name, 'start', 'make');
  for (const step of stepNames) {
    // What was done when the worker died is not done again; the step under way is tried a second time.
    const times = started.filter((each) => each === step).length;
    expect(times, step).toBe(step === 'cluster' ? 2 : 1);
  }
  expect(world.manifests.get(spec.name)!.phase).toBe('ready');
});
