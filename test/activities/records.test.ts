import { describe, expect, it, vi } from 'vitest';
import { recordActivities } from '../../activities/records.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { contextOf } from './contextOf.js';
import { runInActivity } from './runInActivity.js';

const spec = deploymentSpec.parse(minimalSpec);
const dns = {
  domain: 'flyte.example.com',
  zone_id: 'Z1',
  zone_name: 'example.com',
  name_servers: [],
  certificate_id: null,
};
const flyte = { namespace: 'flyte', release: 'flyte', chart_version: '1', load_balancer: 'lb.example.net' };
const request = (outputs: StepRequest['outputs']): StepRequest => ({ spec, step: 'records', outputs });

describe('records', () => {
  it('writes the domain to the load balancer, and reports the names', async () => {
    const writeRecords = vi.fn(async () => ['flyte.example.com']);
    const { result } = await runInActivity(() =>
      recordActivities(contextOf({ writeRecords })).writeRecords(request({ dns, flyte })),
    );
    expect(writeRecords).toHaveBeenCalledWith(spec, dns, 'lb.example.net');
    expect(result).toMatchObject({ outputs: { names: ['flyte.example.com'] }, changes: { add: 1 } });
  });

  it('has nothing to do without a domain', async () => {
    const activities = recordActivities(contextOf({}));
    const none = { ...dns, domain: null };
    const { result } = await runInActivity(() => activities.writeRecords(request({ dns: none, flyte })));
    expect(result).toMatchObject({ outputs: { names: [] }, changes: { add: 0 } });
    for (const outputs of [{ dns: none }, {}]) {
      const removed = await runInActivity(() => activities.removeRecords(request(outputs)));
      expect(removed.result.changes.remove).toBe(0);
    }
  });

  it('is tried again while the load balancer has no address', async () => {
    const { writeRecords } = recordActivities(contextOf({}));
    const none = { ...flyte, load_balancer: null };
    await expect(runInActivity(() => writeRecords(request({ dns, flyte: none })))).rejects.toMatchObject({
      type: 'HGR-405',
      nonRetryable: false,
    });
  });
});
