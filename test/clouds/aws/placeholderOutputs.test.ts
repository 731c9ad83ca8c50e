import { describe, expect, it } from 'vitest';
import { placeholderOutputs } from '../../../src/clouds/aws/placeholderOutputs.js';
import type { DeploymentSpecInput } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { existingNetwork, minimalSpec } from '../../spec/minimalSpec.js';

const outputsOf = (more: Partial<DeploymentSpecInput> = {}) =>
  placeholderOutputs(parseSpec({ ...minimalSpec, ...more }));

describe('placeholderOutputs', () => {
  it('have as many subnets as there will be, all different', () => {
    const { public_subnet_ids, private_subnet_ids, database_subnet_ids, private_route_table_ids } = outputsOf().network;
    const all = [...public_subnet_ids, ...private_subnet_ids, ...database_subnet_ids, ...private_route_table_ids];
    expect(new Set(all).size).toBe(12);
    expect(private_subnet_ids.every((id) => /^subnet-[0-9a-f]{17}$/.test(id))).toBe(true);
  });

  it('are null exactly where the real outputs will be', () => {
    const native = outputsOf();
    expect(native.queues.scheduler_queue_id).toBeNull();
    expect(native.iam.scheduler_target_role_id).toBeNull();
    expect(native.dns.certificate_id).toBeNull();
    const cloud = outputsOf({
      domain: 'flyte.example.com',
      flyte: { components: { scheduler: 'cloud', notifications: false } },
    });
    expect(cloud.queues.scheduler_queue_id).toBe('arn:aws:sqs:us-east-1:123456789012:hangar-research-scheduler');
    expect(cloud.queues.notifications_topic_id).toBeNull();
    expect(cloud.iam.scheduler_target_role_id).not.toBeNull();
    expect(cloud.dns.certificate_id).not.toBeNull();
  });

  it('are the real names of what was there before', () => {
    const outputs = outputsOf({
      network: { existing: existingNetwork },
      cluster: { existing: { name: 'theirs' } },
      bucket: { existing: { name: 'their-bucket' } },
    });
    expect(outputs.network.network_id).toBe(existingNetwork.id);
    expect(outputs.network.private_subnet_ids).toEqual(existingNetwork.privateSubnets);
    expect(outputs.cluster.cluster_name).toBe('theirs');
    expect(outputs.bucket).toMatchObject({ bucket_name: 'their-bucket', bucket_key_id: '' });
  });
});
