import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodegroupNodes, nodegroupSchema } from '../../../local/gateway/nodegroupNodes.js';

const capacity = { cpus: 4, memoryMiB: 16_384, gpus: 0 };
const group = (more: object) =>
  nodegroupSchema.parse({ nodegroupName: 'workers', instanceTypes: ['m5.xlarge'], ...more });

describe('nodegroupNodes', () => {
  it('makes as many as the group desires, over its zones in turn', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 4 }), (desiredSize, zoneCount) => {
        const zones = Array.from({ length: zoneCount }, (_, index) => `zone-${index}`);
        const nodes = nodegroupNodes(group({ scalingConfig: { desiredSize } }), 'us-east-1', zones, capacity);
        expect(nodes).toHaveLength(desiredSize);
        expect(new Set(nodes.map((node) => node.metadata!.name)).size).toBe(desiredSize);
        const perZone = zones.map(
          (zone) => nodes.filter((node) => node.metadata!.labels!['topology.kubernetes.io/zone'] === zone).length,
        );
        expect(Math.max(...perZone) - Math.min(...perZone)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the instance type what it holds, GPUs too', () => {
    const [node] = nodegroupNodes(group({ diskSize: 100 }), 'us-east-1', [], { ...capacity, gpus: 1 });
    expect(node!.status!.capacity).toEqual({
      cpu: '4',
      memory: '16384Mi',
      pods: '110',
      'ephemeral-storage': '100Gi',
      'nvidia.com/gpu': '1',
    });
    expect(node!.status!.allocatable).toEqual(node!.status!.capacity);
  });

  it('carries labels and taints as EKS does', () => {
    const taints = [{ key: 'gpu', value: 'true', effect: 'NO_SCHEDULE' }];
    const [node] = nodegroupNodes(
      group({ capacityType: 'SPOT', labels: { pool: 'a' }, taints }),
      'us-east-1',
      ['us-east-1b'],
      capacity,
    );
    expect(node!.metadata!.labels).toMatchObject({
      'eks.amazonaws.com/nodegroup': 'workers',
      'eks.amazonaws.com/capacityType': 'SPOT',
      'node.kubernetes.io/instance-type': 'm5.xlarge',
      'topology.kubernetes.io/zone': 'us-east-1b',
      pool: 'a',
    });
    expect(node!.spec!.taints).toEqual([{ key: 'gpu', value: 'true', effect: 'NoSchedule' }]);
  });
});
