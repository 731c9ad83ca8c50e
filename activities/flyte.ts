import { HangarError } from '../src/errors/HangarError.js';
import { awaitLoadBalancer } from '../src/flyte/awaitLoadBalancer.js';
import { chartValues } from '../src/flyte/chartValues.js';
import { flyteChart } from '../src/flyte/flyteChart.js';
import { flyteNamespace, flyteReleaseName } from '../src/flyte/flyteRelease.js';
import { flyteValuesInput } from '../src/flyte/flyteValuesInput.js';
import { removeFlyte } from '../src/flyte/removeFlyte.js';
import { requireDatabaseSecret } from '../src/flyte/requireDatabaseSecret.js';
import type { StepOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport, StepRequest } from '../src/graph/StepRequest.js';
import { installRelease } from '../src/helm/installRelease.js';
import { kubernetesClient } from '../src/kubernetes/kubernetesClient.js';
import { standingCluster } from '../src/kubernetes/standingCluster.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/** Flyte itself: its Helm release, and what Flyte makes at run time. */
export function flyteActivities(context: ActivityContext): Pick<Activities, 'installFlyte' | 'uninstallFlyte'> {
  return {
    installFlyte: (request) =>
      runActivity(request.step, async ({ signal, attempt, report }): Promise<StepReport> => {
        const { spec, outputs } = request;
        const cloud = context.cloud(spec.cloud);
        const input = flyteValuesInput(spec, outputs, cloud.flyteValues(request));
        const values = chartValues(input);
        const chart = flyteChart(spec, context.settings);
        const access = await cloud.clusterAccess(spec, clusterOf(request));
        const client = kubernetesClient(access, { signal });
        try {
          await requireDatabaseSecret(client, input.outputs.credentials.database_secret_name);
          const release = await installRelease({
            settings: context.settings,
            access,
            namespace: flyteNamespace,
            release: flyteReleaseName,
            valuesKey: 'flyte.values',
            chart,
            values,
            // The attempt before this one is over: Temporal heard nothing of it any more.
            takeOver: attempt > 1,
            timeoutSeconds: 900,
            signal,
            report,
          });
          const loadBalancer = await awaitLoadBalancer(client, spec, {
            signal,
            onWait: (waitingFor) => report({ phase: 'wait', waitingFor }),
          });
          const made: StepOutputs['flyte'] = {
            namespace: flyteNamespace,
            release: flyteReleaseName,
            chart_version: release.chart,
            load_balancer: loadBalancer,
          };
          return {
            outputs: { ...made },
            changes: { add: release.installed ? 1 : 0, change: release.installed ? 0 : 1, remove: 0 },
            toolSeconds: release.toolSeconds,
            leftovers: [],
            notes: notes(request, loadBalancer),
          };
        } finally {
          client.close();
        }
      }),

    uninstallFlyte: (request) =>
      runActivity(request.step, async ({ signal, report }): Promise<StepReport> => {
        const { spec, outputs } = request;
        const cloud = context.cloud(spec.cloud);
        const access = await standingCluster(cloud, spec, outputs.cluster);
        if (!access) return { ...nothingRemoved, leftovers: await cloud.removeSchedules(spec) };
        const { leftovers, removed, toolSeconds } = await removeFlyte({
          settings: context.settings,
          access,
          spec,
          signal,
          report,
        });
        // FlyteAdmin is gone: nobody makes new ones.
        const schedules = await cloud.removeSchedules(spec);
        return {
          outputs: {},
          changes: { add: 0, change: 0, remove: removed ? 1 : 0 },
          toolSeconds,
          leftovers: [...leftovers, ...schedules],
        };
      }),
  };
}

const nothingRemoved: StepReport = {
  outputs: {},
  changes: { add: 0, change: 0, remove: 0 },
  toolSeconds: 0,
  leftovers: [],
  notes: ['there is no cluster, so nothing of Flyte is in it'],
};

function clusterOf({ outputs }: StepRequest): StepOutputs['cluster'] {
  if (!outputs.cluster) throw new HangarError('HGR-901', 'Flyte was started without the outputs of cluster');
  return outputs.cluster;
}

function notes({ spec }: StepRequest, loadBalancer: string | null): string[] {
  const found: string[] = [];
  if (spec.domain && !loadBalancer) found.push('the load balancer has no address yet');
  if (spec.flyte.distribution === 'binary' && !spec.flyte.components.console) {
    found.push('the console is part of the flyte-binary program and cannot be left out');
  }
  return found;
}
