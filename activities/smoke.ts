import { Context } from '@temporalio/activity';
import { HangarError } from '../src/errors/HangarError.js';
import { adminClient } from '../src/flyte/adminClient.js';
import { deployedVersion } from '../src/flyte/deployedVersion.js';
import { flyteNamespace, flyteRelease } from '../src/flyte/flyteRelease.js';
import { namespaceProblems } from '../src/flyte/namespaceProblems.js';
import { requirePassed, runSmokeChecks, smokeGroups } from '../src/flyte/smoke/smokeChecks.js';
import type { SmokeCheckReport, StepOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport } from '../src/graph/StepRequest.js';
import { kubernetesClient } from '../src/kubernetes/kubernetesClient.js';
import { openPortForward } from '../src/kubernetes/portForward.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';
import { timed } from './timed.js';

/** The checks that a new deployment works, through the Kubernetes API's port-forward and at its public address. */
export function smokeActivities(context: ActivityContext): Pick<Activities, 'runSmoke'> {
  return {
    runSmoke: (request) =>
      runActivity(request.step, async ({ signal, attempt, report }): Promise<StepReport> => {
        const { spec, outputs } = request;
        const { cluster, bucket } = outputs;
        if (!cluster || !bucket) {
          throw new HangarError('HGR-901', 'the smoke checks were started without the outputs of cluster or bucket');
        }
        const cloud = context.cloud(spec.cloud);
        const taskAnnotations = cloud.flyteValues(request).serviceAccountAnnotations.task ?? {};
        const access = await cloud.clusterAccess(spec, cluster);
        const { adminService } = flyteRelease(spec.flyte.distribution);
        const forward = await openPortForward(access, {
          namespace: flyteNamespace,
          service: adminService.name,
          port: adminService.port,
        });
        const client = kubernetesClient(access, { signal });
        const names = smokeGroups.flat().map(({ name }) => name);
        const done: SmokeCheckReport[] = [];
        const progress = () =>
          report({
            phase: 'check',
            done: done.length,
            total: names.length,
            waitingFor: names.filter((name) => !done.some((check) => check.name === name)).join(', '),
          });
        progress();
        try {
          const { result: checks, seconds } = await timed(() =>
            runSmokeChecks(
              {
                spec,
                // Without the signal: an execution that is under way must still be ended when the activity is stopped.
                admin: adminClient({ baseUrl: `http://127.0.0.1:${forward.port}` }),
                run: `${Context.current().info.workflowExecution?.runId}-${attempt}`,
                deployedVersion: () => deployedVersion(client, spec),
                namespaceProblems: () => namespaceProblems(client, spec, taskAnnotations),
                bucketUrl: bucket.bucket_url,
                settings: context.settings,
                signal,
              },
              (check) => {
                done.push(check);
                progress();
              },
            ),
          );
          requirePassed(checks);
          const made: StepOutputs['smoke'] = { checks };
          return {
            outputs: { ...made },
            changes: { add: 0, change: 0, remove: 0 },
            toolSeconds: seconds,
            leftovers: [],
          };
        } finally {
          client.close();
          await forward.close();
        }
      }),
  };
}
