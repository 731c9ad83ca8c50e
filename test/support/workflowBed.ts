import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { fromWorkflowFailure } from '../../src/client/fromWorkflowFailure.js';
import type { HangarError } from '../../src/errors/HangarError.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import { deploymentWorkflowId } from '../../src/graph/deploymentWorkflowId.js';
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

/** @param env settings besides the server's address */
export async function startWorkflowBed(env: NodeJS.ProcessEnv = {}): Promise<WorkflowBed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hangar-workflows-'));
  const bundle = path.join(folder, 'bundle.js');
  const [server] = await Promise.all([startTemporalServer(), buildBundle(bundleFiles(bundle))]);
  const settings = readSettings({ TEMPORAL_ADDRESS: server.address, HANGAR_WORKER_SLOTS: '50', ...env });
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
export function testSpec(changes: Partial<DeploymentSpecInput> = {}): DeploymentSpecInput {
  count += 1;
  const fixed = { version: 1, cloud: 'aws', region: 'us-east-1', account: '123456789012' } as const;
  return { ...fixed, name: `test-${count}`, domain: 'flyte.example.com', ...changes };
}

/** What a workflow came to: its result, or the error that a client sees. */
export interface Outcome<T> {
  readonly result?: T;
  readonly error?: HangarError;
}

export type WorkflowType = 'CreateFlyte' | 'DestroyFlyte' | 'PlanFlyte';

/** Starts a workflow as any Temporal client would; by default under the id that is the deployment's mutex. */
export async function startWorkflow<T = DeploymentStatus>(
  bed: WorkflowBed,
  type: WorkflowType,
  input: unknown,
  workflowId = deploymentWorkflowId(nameIn(input)),
): Promise<WorkflowHandle<() => Promise<T>>> {
  const taskQueue = bed.settings.taskQueue;
  return await bed.client.workflow.start<(input: unknown) => Promise<T>>(type, {
    taskQueue,
    workflowId,
    args: [input],
  });
}

export async function outcomeOf<T>(bed: WorkflowBed, handle: WorkflowHandle<() => Promise<T>>): Promise<Outcome<T>> {
  try {
    return { result: await handle.result() };
  } catch (error) {
    return { error: fromWorkflowFailure(error, bed.settings) };
  }
}

/** Starts a workflow and waits for its end. */
export async function runWorkflow<T = DeploymentStatus>(
  bed: WorkflowBed,
  type: WorkflowType,
  input: unknown,
  workflowId?: string,
): Promise<Outcome<T>> {
  return await outcomeOf(bed, await startWorkflow<T>(bed, type, input, workflowId));
}

export function destroyInput({ name, cloud, account, region }: DeploymentSpecInput, more: { ifExists?: boolean } = {}) {
  return { name, cloud, account, region, ...more };
}

/** Waits until something is so; a test's own time limit ends the wait. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

function nameIn(input: unknown): string {
  const { spec, name } = input as { spec?: { name: string }; name?: string };
  return spec?.name ?? name ?? '';
}
