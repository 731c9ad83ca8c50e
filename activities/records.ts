import { HangarError } from '../src/errors/HangarError.js';
import type { StepOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport } from '../src/graph/StepRequest.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';
import { timed } from './timed.js';

/** DNS records from the deployment's domain to its load balancer. */
export function recordActivities(context: ActivityContext): Pick<Activities, 'writeRecords' | 'removeRecords'> {
  return {
    writeRecords: ({ spec, step, outputs: { dns, flyte } }) =>
      runActivity(step, async ({ report }): Promise<StepReport> => {
        if (!dns?.domain) return nothing(['no domain: the console is reached by port-forward']);
        const loadBalancer = flyte?.load_balancer;
        if (!loadBalancer) {
          throw new HangarError('HGR-405', `the load balancer of ${dns.domain} has no address yet`, {
            resource: dns.domain,
            next: "Look at the ingress in Flyte's namespace: its events say what the load balancer lacks.",
          });
        }
        report({ phase: 'apply', waitingFor: `${dns.domain} to point at ${loadBalancer}` });
        const { result: names, seconds } = await timed(() =>
          context.cloud(spec.cloud).writeRecords(spec, dns, loadBalancer),
        );
        const outputs: StepOutputs['records'] = { names };
        return {
          outputs: { ...outputs },
          changes: { add: names.length, change: 0, remove: 0 },
          toolSeconds: seconds,
          leftovers: [],
        };
      }),

    removeRecords: ({ spec, step, outputs: { dns } }) =>
      runActivity(step, async ({ report }): Promise<StepReport> => {
        if (!dns?.domain) return nothing();
        report({ phase: 'destroy' });
        const { result: names, seconds } = await timed(() => context.cloud(spec.cloud).removeRecords(spec, dns));
        return {
          outputs: {},
          changes: { add: 0, change: 0, remove: names.length },
          toolSeconds: seconds,
          leftovers: [],
        };
      }),
  };
}

function nothing(notes: string[] = []): StepReport {
  const outputs: StepOutputs['records'] = { names: [] };
  return { outputs: { ...outputs }, changes: { add: 0, change: 0, remove: 0 }, toolSeconds: 0, leftovers: [], notes };
}
