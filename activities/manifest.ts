import { Context } from '@temporalio/activity';
import { changeManifest, readManifest, removeManifest } from '../src/clouds/manifestStore.js';
import { HangarError } from '../src/errors/HangarError.js';
import { hangarVersion } from '../src/settings/hangarVersion.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/** The manifest in the state bucket: written as the work goes on, so that a deployment can be found without Temporal. */
export function manifestActivities(
  context: ActivityContext,
): Pick<Activities, 'loadManifest' | 'saveManifest' | 'deleteManifest'> {
  return {
    loadManifest: (key) =>
      runActivity('manifest', async () => (await readManifest(context.cloud(key.cloud), key)) ?? null),

    saveManifest: (change) =>
      runActivity('manifest', async () => {
        const workflow = Context.current().info.workflowExecution;
        if (!workflow) throw new HangarError('HGR-901', 'a manifest is written by a workflow only');
        await changeManifest(context.cloud(change.spec.cloud), change, {
          workflow: { workflowId: workflow.workflowId, runId: workflow.runId },
          versions: { hangar: hangarVersion() },
        });
      }),

    deleteManifest: (key) => runActivity('manifest', () => removeManifest(context.cloud(key.cloud), key)),
  };
}
