import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import { awsSizes, type NodePool } from './sizes.js';

/** A taint as EKS takes it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NO_SCHEDULE';
}

/** On the nodes of every pool: its name. */
export const poolLabel = 'hangar/pool';

/** On spot nodes, as label and as taint: only what may be interrupted (Flyte's `interruptible` tasks) runs there. */
export const spotTaint: Taint = { key: 'hangar/spot', value: 'true', effect: 'NO_SCHEDULE' };

/**
 * On GPU nodes. EKS lets pods that ask for the resource of this name tolerate it by itself (ExtendedResourceToleration).
 * @see https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html
 */
export const gpuTaint: Taint = { key: 'nvidia.com/gpu', value: 'true', effect: 'NO_SCHEDULE' };

/**
 * The node pools that a deployment makes: the file's, else the size's (none in an existing cluster, which has its own
 * nodes), and with `cluster.gpu` the size's GPU pool.
 */
export function nodePools({ cluster, size }: Pick<DeploymentSpec, 'cluster' | 'size'>): NodePool[] {
  const { pools, gpuPool } = awsSizes[size];
  const own = cluster.nodePools ?? (cluster.existing ? [] : pools);
  return cluster.gpu && !own.some((pool) => pool.name === gpuPool.name) ? [...own, gpuPool] : [...own];
}

/** Labels of a pool's nodes. */
export function nodeLabels(pool: NodePool): Record<string, string> {
  return { [poolLabel]: pool.name, ...(pool.spot ? { [spotTaint.key]: spotTaint.value } : {}) };
}

/** Taints of a pool's nodes. */
export function nodeTaints(pool: NodePool): Taint[] {
  return [...(pool.gpu ? [gpuTaint] : []), ...(pool.spot ? [spotTaint] : [])];
}
