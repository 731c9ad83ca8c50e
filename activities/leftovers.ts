import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from '../src/clouds/Cloud.js';
import { heldResources } from '../src/clouds/heldResources.js';
import type { Leftover } from '../src/graph/StepRequest.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/**
 * Clouds list what is deleted for some minutes more: what only a tag knows of is asked for again this long. Milliseconds.
 */
const usualPace = { patienceMs: 180_000, pollMs: 10_000 };

/** What is still there of a deployment after it should be gone. */
export function leftoverActivities(context: ActivityContext, pace = usualPace): Pick<Activities, 'findLeftovers'> {
  return {
    findLeftovers: ({ spec, outputs }) =>
      runActivity('leftovers', async ({ signal, report }) => {
        const cloud = context.cloud(spec.cloud);
        const look = async () => {
          const [held, orphans, tagged] = await Promise.all([
            heldResources(cloud.stateStore(spec), spec.name),
            cloud.findOrphans(spec, outputs.cluster?.cluster_name),
            findTagged(cloud, spec),
          ]);
          return { certain: [...held, ...orphans], tagged };
        };
        for (const end = Date.now() + pace.patienceMs; ; await sleep(pace.pollMs, undefined, { signal })) {
          report({ phase: 'check' });
          const { certain, tagged } = await look();
          const union = unite(certain, tagged);
          // What a state still holds is not late news: waiting would not change it.
          if (union.length === certain.length || certain.length > 0 || Date.now() > end) return union;
          report({
            phase: 'check',
            waitingFor: `the cloud to stop listing ${union
              .map(({ resource }) => resource)
              .slice(0, 5)
              .join(', ')}`,
          });
        }
      }),
  };
}

async function findTagged(cloud: Cloud, spec: DeploymentSpec): Promise<Leftover[]> {
  const found = await cloud.findByTag(spec, spec.name);
  return found.map(({ id, step }) => ({
    step: step ?? 'unknown',
    resource: id,
    id,
    reason: "still listed under the deployment's tag",
  }));
}

/** Each resource once, by its id; what a state knows of it says more than what a tag does. */
function unite(certain: readonly Leftover[], tagged: readonly Leftover[]): Leftover[] {
  const byId = new Map<string, Leftover>();
  for (const leftover of [...tagged, ...certain]) byId.set(leftover.id ?? leftover.resource, leftover);
  return [...byId.values()].sort((one, other) =>
    `${one.step} ${one.resource}`.localeCompare(`${other.step} ${other.resource}`),
  );
}
