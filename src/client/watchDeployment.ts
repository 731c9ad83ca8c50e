import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import { deploymentWorkflowId } from '../graph/deploymentWorkflowId.js';
import { checkWorkers } from './checkWorkers.js';
import { fromWorkflowFailure } from './fromWorkflowFailure.js';
import type { HangarClient } from './HangarClient.js';
import { completeStatus, describeWorkflow, queryStatus } from './readStatus.js';

export interface WatchOptions {
  /** Stops the watching, not the work; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds between looks. Default: 1000. */
  readonly intervalMs?: number;
  /** The run to watch. Default: the latest. */
  readonly runId?: string;
  /** Told, once each time, when nothing moves because no worker is there (HGR-602). The watching goes on. */
  readonly onTrouble?: (trouble: HangarError) => void;
}

/**
 * Watches the work on a deployment until it ends. `onStatus` is called first at once and then after each look.
 * @returns the final status; how it ended is in its `phase` and `error`
 * @throws HangarError HGR-604 where Temporal knows nothing of it; the workflow's failure where it has no status to show
 * (its input was wrong); HGR-601
 */
export async function watchDeployment(
  client: HangarClient,
  name: string,
  onStatus: (status: DeploymentStatus) => void,
  { signal, intervalMs = 1_000, runId, onTrouble }: WatchOptions = {},
): Promise<DeploymentStatus> {
  const handle = client.temporal.workflow.getHandle(deploymentWorkflowId(name), runId);
  let status: DeploymentStatus | undefined;
  let seenHistory = -1;
  let troubled = false;
  for (;;) {
    signal?.throwIfAborted();
    const description = await describeWorkflow(client, handle);
    if (!description) {
      throw new HangarError('HGR-604', `Temporal knows nothing of ${name}.`, { resource: name });
    }
    const running = description.status.name === 'RUNNING';
    // Only events change what the workflow answers; between them the server's own description is enough.
    if (description.historyLength !== seenHistory) {
      const answer = await queryStatus(client, handle);
      if (answer) seenHistory = description.historyLength;
      status = answer ?? status;
      if (!answer && running && !troubled) await checkWorkers(client).catch((error) => onTrouble?.(error));
      troubled = !answer;
    }
    if (status) onStatus(completeStatus(status, description));
    if (!running) {
      if (status) return completeStatus(status, description);
      await handle.result().catch((error: unknown) => {
        throw fromWorkflowFailure(error, client.settings);
      });
    }
    // The timer rejects with an error of its own; the top of the loop tells the signal's reason.
    await sleep(intervalMs, undefined, { signal }).catch(() => {});
  }
}
