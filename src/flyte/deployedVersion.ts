import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteNamespace, flyteRelease } from './flyteRelease.js';

/** The version in the image tag of the FlyteAdmin that runs; undefined where the tag is none. */
export async function deployedVersion(client: KubernetesClient, spec: DeploymentSpec): Promise<string | undefined> {
  const { adminDeployment } = flyteRelease(spec.flyte.distribution);
  const deployment = await client.apps.readNamespacedDeployment({ namespace: flyteNamespace, name: adminDeployment });
  const image = deployment.spec?.template.spec?.containers[0]?.image ?? '';
  return /:v?(\d+\.\d+\.\d+)$/.exec(image)?.[1];
}
