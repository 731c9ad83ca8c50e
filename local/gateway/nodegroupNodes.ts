import type { V1Node } from '@kubernetes/client-node';
import { z } from 'zod';

/** The part of a DescribeNodegroup answer that makes its nodes. */
export const nodegroupSchema = z.looseObject({
  nodegroupName: z.string(),
  capacityType: z.string().optional(),
  diskSize: z.number().nullish(),
  instanceTypes: z.array(z.string()).default([]),
  labels: z.record(z.string(), z.string()).nullish(),
  taints: z.array(z.object({ key: z.string(), value: z.string().nullish(), effect: z.string() })).nullish(),
  scalingConfig: z.object({ desiredSize: z.number().optional() }).nullish(),
  subnets: z.array(z.string()).default([]),
});

export type Nodegroup = z.output<typeof nodegroupSchema>;

/** What a node of an instance type can hold. */
export interface InstanceCapacity {
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

const taintEffects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

/** Label that EKS puts on the nodes of a group. */
export const nodegroupLabel = 'eks.amazonaws.com/nodegroup';

/**
 * The nodes that a node group stands for: as many as it desires, over its zones in turn, all of its first instance type,
 * with the labels that EKS gives. Reserves nothing for the system, unlike a real node.
 * @param zones the zones of the group's subnets
 */
export function nodegroupNodes(
  group: Nodegroup,
  region: string,
  zones: readonly string[],
  capacity: InstanceCapacity,
): V1Node[] {
  const instanceType = group.instanceTypes[0] ?? 't3.medium';
  const resources = {
    cpu: String(capacity.cpus),
    memory: `${capacity.memoryMiB}Mi`,
    pods: '110',
    'ephemeral-storage': `${group.diskSize ?? 20}Gi`,
    ...(capacity.gpus > 0 ? { 'nvidia.com/gpu': String(capacity.gpus) } : {}),
  };
  return Array.from({ length: group.scalingConfig?.desiredSize ?? 1 }, (_, index) => {
    const name = `${group.nodegroupName}-${index + 1}`;
    const zone = zones[index % zones.length] ?? `${region}a`;
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'node.kubernetes.io/instance-type': instanceType,
          'topology.kubernetes.io/region': region,
          'topology.kubernetes.io/zone': zone,
          [nodegroupLabel]: group.nodegroupName,
          'eks.amazonaws.com/capacityType': group.capacityType ?? 'ON_DEMAND',
          ...group.labels,
        },
      },
      spec: {
        providerID: `kwok:///${zone}/${name}`,
        taints: (group.taints ?? []).map(({ key, value, effect }) => ({
          key,
          ...(value ? { value } : {}),
          effect: taintEffects[effect] ?? effect,
        })),
      },
      status: { capacity: resources, allocatable: resources },
    };
  });
}
