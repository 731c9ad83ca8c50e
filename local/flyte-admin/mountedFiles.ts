import type { V1Deployment } from '@kubernetes/client-node';
import { type ClusterApis, found } from './ClusterApis.js';
import { StandInError } from './StandInError.js';

/**
 * The files that a Deployment's first container would see below a folder: the data of the config maps and secrets that
 * the chart mounts there, by name.
 * @throws StandInError where the pod mounts nothing there, or something that is not there
 */
export async function mountedFiles(
  { core }: Pick<ClusterApis, 'core'>,
  deployment: V1Deployment,
  folder: string,
): Promise<Map<string, string>> {
  const name = deployment.metadata?.name ?? '';
  const namespace = deployment.metadata?.namespace ?? '';
  const pod = deployment.spec?.template.spec;
  const mount = pod?.containers[0]?.volumeMounts?.find(({ mountPath }) => mountPath.replace(/\/$/, '') === folder);
  const volume = pod?.volumes?.find((candidate) => candidate.name === mount?.name);
  if (!volume) throw new StandInError('internal', `deployment ${name} mounts nothing at ${folder}`);

  const sources = volume.projected?.sources ?? [
    ...(volume.configMap ? [{ configMap: volume.configMap }] : []),
    ...(volume.secret ? [{ secret: { name: volume.secret.secretName } }] : []),
  ];
  const files = new Map<string, string>();
  for (const { configMap, secret } of sources) {
    if (configMap) {
      const map = await found(core.readNamespacedConfigMap({ namespace, name: configMap.name ?? '' }));
      if (!map)
        throw new StandInError(
          'internal',
          `deployment ${name} mounts config map ${configMap.name}, which is not there`,
        );
      for (const [file, text] of Object.entries(map.data ?? {})) files.set(file, text);
    }
    if (secret) {
      const object = await found(core.readNamespacedSecret({ namespace, name: secret.name ?? '' }));
      if (!object)
        throw new StandInError('internal', `deployment ${name} mounts secret ${secret.name}, which is not there`);
      for (const [file, text] of Object.entries(object.data ?? {}))
        files.set(file, Buffer.from(text, 'base64').toString());
    }
  }
  return files;
}
