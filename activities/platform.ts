import { HangarError } from '../src/errors/HangarError.js';
import type { StepOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport } from '../src/graph/StepRequest.js';
import { standingCluster } from '../src/kubernetes/standingCluster.js';
import { installPlatform } from '../src/platform/installPlatform.js';
import { uninstallPlatform } from '../src/platform/uninstallPlatform.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/** What the cloud's Kubernetes lacks: its platform charts. */
export function platformActivities(
  context: ActivityContext,
): Pick<Activities, 'installPlatform' | 'uninstallPlatform'> {
  return {
    installPlatform: (request) =>
      runActivity(request.step, async ({ signal, attempt, report }): Promise<StepReport> => {
        const { spec, outputs } = request;
        if (!outputs.cluster)
          throw new HangarError('HGR-901', 'the platform was started without the output of cluster');
        const cloud = context.cloud(spec.cloud);
        const access = await cloud.clusterAccess(spec, outputs.cluster);
        const charts = cloud.platformCharts(spec);
        const releases = await installPlatform({
          settings: context.settings,
          access,
          charts,
          request,
          // Temporal heard nothing of the attempt before this one any more.
          takeOver: attempt > 1,
          signal,
          report,
        });
        const added = releases.filter(({ installed }) => installed).length;
        const made: StepOutputs['platform'] = {
          ingress_class: charts.find(({ ingressClass }) => ingressClass)?.ingressClass ?? '',
        };
        return {
          outputs: { ...made },
          changes: { add: added, change: releases.length - added, remove: 0 },
          toolSeconds: Math.max(0, ...releases.map(({ toolSeconds }) => toolSeconds)),
          leftovers: [],
          notes: releases.map(({ chart }) => chart),
        };
      }),

    uninstallPlatform: ({ spec, step, outputs }) =>
      runActivity(step, async ({ signal, report }): Promise<StepReport> => {
        const cloud = context.cloud(spec.cloud);
        const access = await standingCluster(cloud, spec, outputs.cluster);
        if (!access) return nothing;
        const { removed, toolSeconds, leftovers } = await uninstallPlatform({
          settings: context.settings,
          access,
          charts: cloud.platformCharts(spec),
          clusterGoes: spec.cluster.existing === undefined,
          signal,
          report,
        });
        return { outputs: {}, changes: { add: 0, change: 0, remove: removed }, toolSeconds, leftovers };
      }),
  };
}

const nothing: StepReport = {
  outputs: {},
  changes: { add: 0, change: 0, remove: 0 },
  toolSeconds: 0,
  leftovers: [],
  notes: ['there is no cluster, so nothing of the platform is in it'],
};
