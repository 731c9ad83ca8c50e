import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { readSettings } from '../../src/settings/readSettings.js';
import { buildBundle } from '../../src/worker/buildBundle.js';
import { startWorker } from '../../src/worker/startWorker.js';
import { FakeWorld } from './FakeWorld.js';
import { fakeActivities } from './fakeActivities.js';

/*
 * A worker in a process of its own, to be killed: `node dist/test/support/workerProcess.js WORLD`. Its fake world is in
 * the file WORLD, so that the next worker finds it as this one left it. Prints `ready` once it polls.
 */
const file = process.argv[2]!;
const world = new FakeWorld();
if (existsSync(file)) world.restore(readFileSync(file, 'utf8'));
world.onChange = () => {
  writeFileSync(`${file}.new`, world.snapshot());
  renameSync(`${file}.new`, file);
};
await buildBundle();
const worker = await startWorker(readSettings(), { activities: fakeActivities(world) });
process.stdout.write('ready\n');
await worker.stopped;
