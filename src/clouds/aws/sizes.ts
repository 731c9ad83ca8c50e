import type { DeploymentSpec, Size } from '../../spec/DeploymentSpec.js';

/** A node pool as the deployment file describes one. */
export type NodePool = NonNullable<DeploymentSpec['cluster']['nodePools']>[number];

/** What a size means on AWS. Replicas and quotas of Flyte, the same on every cloud, are in src/flyte/flyteSizes.ts. */
export interface AwsSize {
  readonly nat: 'single' | 'zone';
  /** `system` runs Flyte and the platform and is never empty; the others grow from nothing with the tasks. */
  readonly pools: readonly NodePool[];
  /** Added with `cluster.gpu`. */
  readonly gpuPool: NodePool;
  readonly database: {
    /** `db.serverless` is Aurora Serverless v2. */
    readonly class: string;
    readonly instances: number;
    /** Aurora capacity units (about 2 GiB of memory each) of a serverless instance. */
    readonly capacity: { readonly min: number; readonly max: number };
  };
}

const pool = (
  name: string,
  instanceTypes: string[],
  min: number,
  max: number,
  more: Partial<NodePool> = {},
): NodePool => ({ name, instanceTypes, min, max, spot: false, gpu: false, diskGb: 100, ...more });

/**
 * Each size's largest worker holds the largest task that the size allows (`taskLimits`). Spot pools name several types
 * of equal measure: the more there are, the rarer is an interruption.
 */
export const awsSizes: Record<Size, AwsSize> = {
  small: {
    nat: 'single',
    pools: [
      pool('system', ['m7i.large', 'm6i.large', 'm5.large'], 2, 4),
      pool('workers', ['m7i.2xlarge', 'm6i.2xlarge', 'm5.2xlarge'], 0, 4),
      pool('spot', ['m7i.2xlarge', 'm6i.2xlarge', 'm5.2xlarge', 'm6a.2xlarge'], 0, 8, { spot: true }),
    ],
    gpuPool: pool('gpu', ['g5.2xlarge'], 0, 2, { gpu: true, diskGb: 200 }),
    database: { class: 'db.serverless', instances: 1, capacity: { min: 0.5, max: 4 } },
  },
  medium: {
    nat: 'zone',
    pools: [
      pool('system', ['m7i.xlarge', 'm6i.xlarge', 'm5.xlarge'], 3, 6),
      pool('workers', ['m7i.8xlarge', 'm6i.8xlarge', 'm5.8xlarge'], 0, 10, { diskGb: 200 }),
      pool('spot', ['m7i.8xlarge', 'm6i.8xlarge', 'm5.8xlarge', 'm6a.8xlarge'], 0, 20, { spot: true, diskGb: 200 }),
    ],
    gpuPool: pool('gpu', ['g5.12xlarge'], 0, 4, { gpu: true, diskGb: 500 }),
    database: { class: 'db.serverless', instances: 2, capacity: { min: 1, max: 16 } },
  },
  large: {
    nat: 'zone',
    pools: [
      pool('system', ['m7i.2xlarge', 'm6i.2xlarge', 'm5.2xlarge'], 3, 9),
      pool('workers', ['m7i.4xlarge', 'm6i.4xlarge', 'm5.4xlarge'], 0, 50, { diskGb: 200 }),
      pool('workers-big', ['m7i.24xlarge', 'm6i.24xlarge', 'm5.24xlarge'], 0, 10, { diskGb: 500 }),
      pool('spot', ['m7i.4xlarge', 'm6i.4xlarge', 'm5.4xlarge', 'm6a.4xlarge'], 0, 100, { spot: true, diskGb: 200 }),
    ],
    gpuPool: pool('gpu', ['g5.48xlarge'], 0, 8, { gpu: true, diskGb: 1000 }),
    database: { class: 'db.r7g.2xlarge', instances: 3, capacity: { min: 2, max: 64 } },
  },
};
