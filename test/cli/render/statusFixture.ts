import type { DeploymentStatus, StepStatus } from '../../../src/graph/DeploymentStatus.js';
import type { StepName } from '../../../src/graph/StepName.js';

/** A moment of the fixture: seconds after its start. */
export const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString();
export const nowAt = (seconds: number): Date => new Date(at(seconds));

export function stepFixture(name: StepName, more: Partial<StepStatus> = {}): StepStatus {
  return {
    name,
    kind: 'terraform',
    title: `The ${name}`,
    state: 'waiting',
    waitsFor: [],
    typicalSeconds: 60,
    attempt: 0,
    ...more,
  };
}

/** A creation in the middle: one step in each state that it can have. */
export function statusFixture(more: Partial<DeploymentStatus> = {}): DeploymentStatus {
  return {
    name: 'research',
    cloud: 'aws',
    region: 'us-east-1',
    account: '123456789012',
    phase: 'creating',
    startedAt: at(0),
    steps: [
      stepFixture('bootstrap', { state: 'done', startedAt: at(0), endedAt: at(12), attempt: 1 }),
      stepFixture('network', {
        state: 'done',
        startedAt: at(12),
        endedAt: at(53),
        attempt: 1,
        changes: { add: 21, change: 0, remove: 0 },
      }),
      stepFixture('cluster', {
        state: 'running',
        startedAt: at(53),
        attempt: 2,
        typicalSeconds: 600,
        progress: {
          phase: 'apply',
          done: 3,
          total: 20,
          current: [{ resource: 'aws_eks_cluster.this', action: 'creating', seconds: 65 }],
          waitingFor: 'the control plane',
        },
      }),
      stepFixture('database', {
        state: 'failed',
        startedAt: at(53),
        endedAt: at(100),
        attempt: 1,
        error: { code: 'HGR-306', message: 'The quota of DB clusters is exhausted' },
      }),
      stepFixture('nodes', { waitsFor: ['cluster', 'egress'] }),
      stepFixture('smoke', { state: 'skipped' }),
    ],
    outputs: {},
    leftovers: [],
    ...more,
  };
}
