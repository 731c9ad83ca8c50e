import { setTimeout as delay } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import { importRules } from './importIds.js';
import { planStep } from './planStep.js';
import type { PlanSummary } from './planSummary.js';
import type { StepRun } from './StepRun.js';
import type { StateResource } from './stateJson.js';
import { stepAddress } from './stepAddress.js';
import { taint, untaint } from './taint.js';

const pollSeconds = 15;
/** Longer than EKS takes for a cluster. */
const longestWaitSeconds = 45 * 60;

/**
 * Plans a step, going on with what an interrupted attempt has asked the cloud for: a Kubernetes cluster or node group that is
 * still being made is waited for, where terraform would delete it and start over.
 */
export async function planWhenMade(run: StepRun, waitSeconds: number = pollSeconds): Promise<PlanSummary> {
  const { terraform, workspace } = run;
  const started = performance.now();
  for (;;) {
    run.enter('plan');
    const plan = await planStep(terraform, workspace, { onEvent: run.onEvent });
    const marks = marksToSet(plan);
    for (const { address, tainted } of marks) await (tainted ? taint : untaint)(terraform, address);
    if (marks.length > 0) continue;

    const waiting = plan.prior.find((resource) => inState(resource, 'making'));
    if (!waiting) return plan;
    const what = `${stepAddress(waiting.address)} is still being made`;
    if (performance.now() - started > longestWaitSeconds * 1000) throw new HangarError('HGR-315', what);
    run.waitFor(what);
    await delay(waitSeconds * 1000, undefined, { signal: run.signal });
  }
}

/** Marks that say the wrong thing: half made, though the cloud goes on with it or is done; whole, though making it failed. */
function marksToSet({ prior }: PlanSummary): { address: string; tainted: boolean }[] {
  return prior.flatMap((resource) => {
    const { address, type, tainted } = resource;
    if (!importRules[type]?.progress) return [];
    const failed = inState(resource, 'failed');
    return failed === tainted ? [] : [{ address, tainted: failed }];
  });
}

function inState({ type, values }: StateResource, state: 'making' | 'failed'): boolean {
  const progress = importRules[type]?.progress;
  return progress?.[state].includes(String(values[progress.attribute])) ?? false;
}
