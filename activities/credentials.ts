import { HangarError } from '../src/errors/HangarError.js';
import type { StepOutputs } from '../src/graph/StepOutputs.js';
import type { StepReport } from '../src/graph/StepRequest.js';
import { kubernetesClient } from '../src/kubernetes/kubernetesClient.js';
import { standingCluster } from '../src/kubernetes/standingCluster.js';
import { databaseSecretName, removeDatabaseSecret, writeDatabaseSecret } from '../src/platform/databaseSecret.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';
import { timed } from './timed.js';

/** The database's password goes from the cloud's secret store into the cluster, through this process's memory only. */
export function credentialActivities(
  context: ActivityContext,
): Pick<Activities, 'writeCredentials' | 'removeCredentials'> {
  return {
    writeCredentials: ({ spec, step, outputs: { cluster, database } }) =>
      runActivity(step, async ({ signal, report }): Promise<StepReport> => {
        if (!cluster || !database)
          throw new HangarError('HGR-901', 'credentials were asked for without the outputs of cluster or database');
        const cloud = context.cloud(spec.cloud);
        const client = kubernetesClient(await cloud.clusterAccess(spec, cluster), { signal });
        try {
          report({ phase: 'apply', waitingFor: `secret ${databaseSecretName}` });
          const { seconds } = await timed(async () => {
            const stored = await cloud.readSecret(database.database_secret_id, spec.region);
            await writeDatabaseSecret(client, spec.name, stored);
          });
          const made: StepOutputs['credentials'] = { database_secret_name: databaseSecretName };
          return {
            outputs: { ...made },
            changes: { add: 1, change: 0, remove: 0 },
            toolSeconds: seconds,
            leftovers: [],
          };
        } finally {
          client.close();
        }
      }),

    removeCredentials: ({ spec, step, outputs: { cluster } }) =>
      runActivity(step, async ({ signal, report }): Promise<StepReport> => {
        const access = await standingCluster(context.cloud(spec.cloud), spec, cluster);
        if (!access) return unmade(0, 0, ['there is no cluster, so no secret is in it']);
        const client = kubernetesClient(access, { signal });
        try {
          const { result: removed, seconds } = await timed(() =>
            removeDatabaseSecret(client, spec.name, { timeoutSeconds: 120, signal, report }),
          );
          return unmade(removed, seconds);
        } finally {
          client.close();
        }
      }),
  };
}

const unmade = (remove: number, toolSeconds: number, notes?: string[]): StepReport => ({
  outputs: {},
  changes: { add: 0, change: 0, remove },
  toolSeconds,
  leftovers: [],
  ...(notes ? { notes } : {}),
});
