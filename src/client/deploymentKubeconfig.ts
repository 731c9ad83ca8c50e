import { HangarError } from '../errors/HangarError.js';
import type { Kubeconfig } from '../kubernetes/mergeKubeconfig.js';
import { type DeploymentTarget, stateTarget } from './DeploymentTarget.js';
import { describeDeployment } from './describeDeployment.js';
import type { HangarClient } from './HangarClient.js';
import { loadManifest } from './readManifests.js';

/**
 * A kubeconfig for a person: it holds no token, kubectl asks the cloud's own program for one. Reads the manifest and the
 * cluster, so it needs the cloud's credentials.
 * @throws HangarError HGR-604 where there is no such deployment or it has no cluster yet, HGR-401, HGR-413
 */
export async function deploymentKubeconfig(
  client: HangarClient | undefined,
  key: DeploymentTarget,
): Promise<Kubeconfig> {
  const state = stateTarget(key) ?? stateTarget(await describeDeployment(client, key));
  const manifest = state && (await loadManifest({ ...state, name: key.name }));
  const cluster = manifest?.outputs.cluster;
  if (!manifest || !cluster) {
    throw new HangarError(
      'HGR-604',
      `${key.name} has no cluster${manifest ? ' yet' : ': there is no such deployment'}.`,
      {
        resource: key.name,
        next: `See how it stands with \`hangar status ${key.name}\`.`,
      },
    );
  }
  const { cloudByName } = await import('../clouds/cloudByName.js');
  const cloud = cloudByName(manifest.spec.cloud);
  const access = await cloud.clusterAccess(manifest.spec, cluster);
  const name = `hangar-${manifest.name}`;
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: {
          server: access.server,
          'certificate-authority-data': Buffer.from(access.certificateAuthority).toString('base64'),
        },
      },
    ],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            interactiveMode: 'IfAvailable',
            ...cloud.credentialCommand(manifest.spec, cluster.cluster_name),
          },
        },
      },
    ],
    contexts: [
      { name, context: { cluster: name, user: name, namespace: manifest.outputs.flyte?.namespace ?? 'flyte' } },
    ],
    'current-context': name,
  };
}
