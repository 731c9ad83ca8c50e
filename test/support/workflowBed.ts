import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { readSettings } from '../../src/settings/readSettings.js';
import type { Settings } from '../../src/settings/Settings.js';
import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';
import { buildBundle, bundleFiles } from '../../src/worker/buildBundle.js';
import { type RunningWorker, startWorker } from '../../src/worker/startWorker.js';
import { FakeWorld } from './FakeWorld.js';
import { fakeActivities } from './fakeActivities.js';
import { startTemporalServer, type TemporalServer } from './temporalServer.js';

/** The product's workflows and worker on a real Temporal server, over a fake world. */
export interface WorkflowBed {
  readonly server: TemporalServer;
  readonly settings: Settings;
  readonly client: Client;
  readonly world: FakeWorld;
  readonly bundle: string;
  worker: RunningWorker;
  stop(): Promise<void>;
}

export async function startWorkflowBed(): Promise<WorkflowBed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hangar-workflows-'));
  const bundle = path.join(folder, 'bundle.js');
  const [server] = await Promise.all([startTemporalServer(), buildBundle(bundleFiles('ts', bundle))]);
  const settings = readSettings({ TEMPORAL_ADDRESS: server.address, HANGAR_WORKER_SLOTS: '50' });
  const connection = await Connection.connect({ address: server.address });
  const world = new FakeWorld();
  const bed: WorkflowBed = {
    server,
    settings,
    client: new Client({ connection }),
    world,
    bundle,
    worker: await startWorker(settings, { activities: fakeActivities(world), bundle }),
    async stop() {
      bed.worker.shutdown();
      await bed.worker.stopped;
      await connection.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bed;
}

let count = 0;

/** A spec with a domain, so that every step is there, and a name of its own. */
export function testSpec(changes: Partial<DeploymentSpecInput> = {}): DeploymentSpecInput & { name: string } {
  count += 1;
  const fixed = { version: 1, cloud: 'aws', region: 'us-east-1', account: '123456789012' } as const;
  return { ...fixed, name: `test-${count}`, domain: 'flyte.example.com', ...changes };
}
