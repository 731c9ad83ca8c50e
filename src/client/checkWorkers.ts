import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import type { HangarClient } from './HangarClient.js';
import { temporalError } from './temporalError.js';

/** Workers poll by calls that the server answers after at most a minute: one not heard of for longer is gone. */
const pollerFreshMs = 75_000;
const waitMs = 8_000;
const taskQueueTypes = { workflow: 1, activity: 2 } as const;

/**
 * Makes sure that a worker polls the task queue for workflows and for activities; waits a little for one that is just
 * starting.
 * @throws HangarError HGR-602 within 10 s when there is none
 */
export async function checkWorkers(client: HangarClient): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    if (await hasPollers(client)) return;
    if (Date.now() > deadline) throw noWorker(client.settings.taskQueue);
    await sleep(500);
  }
}

async function hasPollers({ connection, settings }: HangarClient): Promise<boolean> {
  try {
    const answers = await Promise.all(
      Object.values(taskQueueTypes).map((taskQueueType) =>
        connection.workflowService.describeTaskQueue({
          namespace: settings.temporalNamespace,
          taskQueue: { name: settings.taskQueue },
          taskQueueType,
        }),
      ),
    );
    const now = Date.now();
    return answers.every(({ pollers }) =>
      pollers?.some(({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1000 < pollerFreshMs),
    );
  } catch (error) {
    throw temporalError(error, settings);
  }
}

function noWorker(taskQueue: string): HangarError {
  return new HangarError('HGR-602', `No worker polls the task queue ${taskQueue}, so nothing would happen.`, {
    resource: taskQueue,
    next: 'Start one with `hangar worker`, or set HANGAR_TASK_QUEUE to the queue that yours polls.',
  });
}
