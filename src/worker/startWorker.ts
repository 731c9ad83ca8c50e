import { access } from 'node:fs/promises';
import { GracefulShutdownPeriodExpiredError, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities/Activities.js';
import { HangarError } from '../errors/HangarError.js';
import type { Settings } from '../settings/Settings.js';
import { activitySlots } from './activitySlots.js';
import { bundleFiles } from './buildBundle.js';
import { registerSearchAttributes } from './registerSearchAttributes.js';

const connectMs = 10_000;
/** After a stop signal, steps have this long to end by themselves … */
const graceMs = 30_000;
/** … then they are cancelled, and terraform has until this long after the signal to stop and save its state. */
const forceMs = 9 * 60_000;
/** Progress and cancellations travel with heartbeats; the SDK's default would hold them back for 24 s. */
const heartbeatThrottleMs = 2_000;

/** What a worker runs; the defaults are the product's own. */
export interface WorkerParts {
  readonly activities: Activities;
  /** File of the workflow bundle. Default: the build's. */
  readonly bundle?: string;
}

/** A worker that polls its task queue. */
export interface RunningWorker {
  readonly slots: number;
  /** Settles when the worker has stopped. Rejects with HGR-612 when steps did not stop in time. */
  readonly stopped: Promise<void>;
  /** Stops as a stop signal does: no new work, and patience with what runs. */
  shutdown(): void;
}

/**
 * Starts a worker for workflows and activities. SIGINT, SIGTERM and SIGQUIT stop it gently: it polls no more, lets
 * running steps end for 30 s, then stops them as a cancellation would and waits up to 9 minutes in all. Steps that were
 * stopped so are tried again by the next worker.
 * @throws HangarError HGR-601 when Temporal cannot be reached, HGR-613 without search attributes, HGR-901 without a bundle
 */
export async function startWorker(settings: Settings, parts: WorkerParts): Promise<RunningWorker> {
  const bundle = parts.bundle ?? bundleFiles().bundle;
  await access(bundle).catch(() => {
    throw new HangarError('HGR-901', `The workflow bundle ${bundle} is missing.`, { next: 'Run `npm run build`.' });
  });
  if (settings.metricsAddress) {
    Runtime.install({ telemetryOptions: { metrics: { prometheus: { bindAddress: settings.metricsAddress } } } });
  }
  const connection = await connect(settings);
  try {
    await registerSearchAttributes(connection, settings.temporalNamespace);
    const slots = activitySlots(settings);
    const worker = await Worker.create({
      connection,
      namespace: settings.temporalNamespace,
      taskQueue: settings.taskQueue,
      workflowBundle: { codePath: bundle },
      activities: parts.activities,
      maxConcurrentActivityTaskExecutions: slots,
      maxHeartbeatThrottleInterval: heartbeatThrottleMs,
      defaultHeartbeatThrottleInterval: heartbeatThrottleMs,
      shutdownGraceTime: graceMs,
      shutdownForceTime: forceMs,
    });
    return { slots, stopped: run(worker, connection), shutdown: () => worker.shutdown() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function run(worker: Worker, connection: NativeConnection): Promise<void> {
  try {
    await worker.run();
  } catch (error) {
    if (!(error instanceof GracefulShutdownPeriodExpiredError)) throw error;
    throw new HangarError('HGR-612', 'The worker gave up waiting for its steps to stop.', {
      next: 'Start a worker again: it takes the steps up where they are.',
      cause: error,
    });
  } finally {
    await connection.close().catch(() => {});
  }
}

async function connect(settings: Settings): Promise<NativeConnection> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${connectMs / 1000} s`)), connectMs);
  });
  try {
    const connecting = NativeConnection.connect({
      address: settings.temporalAddress,
      tls: settings.temporalTls || settings.temporalApiKey !== undefined,
      ...(settings.temporalApiKey ? { apiKey: settings.temporalApiKey } : {}),
    });
    return await Promise.race([connecting, timeout]);
  } catch (error) {
    throw new HangarError('HGR-601', `Temporal at ${settings.temporalAddress} cannot be reached: ${reason(error)}`, {
      resource: settings.temporalAddress,
      next: 'Start it (hangar local up, or docker compose up) or set TEMPORAL_ADDRESS to where it is.',
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
