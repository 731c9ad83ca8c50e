import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';
import { timed } from './timed.js';

/** The state bucket. It outlives the deployment, so nothing here unmakes it. */
export function bootstrapActivities(context: ActivityContext): Pick<Activities, 'makeBootstrap'> {
  return {
    makeBootstrap: ({ spec, step }) =>
      runActivity(step, async ({ signal, report }) => {
        const cloud = context.cloud(spec.cloud);
        report({ phase: 'apply', waitingFor: `the state bucket ${cloud.stateBucket(spec)}` });
        const { result: outputs, seconds } = await timed(() => cloud.bootstrap(spec, signal));
        return {
          outputs: { ...outputs },
          changes: { add: 0, change: 0, remove: 0 },
          toolSeconds: seconds,
          leftovers: [],
        };
      }),
  };
}
