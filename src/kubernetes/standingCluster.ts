import type { Cloud } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { StepOutputs } from '../graph/StepOutputs.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import type { ClusterAccess } from './ClusterAccess.js';

/**
 * Access to a deployment's cluster for unmaking what is in it; undefined where the cloud has no such cluster, or where
 * none was made yet: then there is nothing to unmake. A cluster that is there but does not answer is not taken for gone.
 */
export async function standingCluster(
  cloud: Cloud,
  spec: DeploymentSpec,
  cluster: StepOutputs['cluster'] | undefined,
): Promise<ClusterAccess | undefined> {
  if (!cluster) return undefined;
  try {
    return await cloud.clusterAccess(spec, cluster);
  } catch (error) {
    if (error instanceof HangarError && error.code === 'HGR-413') return undefined;
    throw error;
  }
}
