import { describe, expect, it } from 'vitest';
import { preflightActivities } from '../../activities/preflight.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';
import { contextOf } from './contextOf.js';
import { runInActivity } from './runInActivity.js';

const spec = deploymentSpec.parse(minimalSpec);
const zone = new HangarError('HGR-205', 'no zone', { resource: 'dns.existing.zone', next: 'give one' });
const bucket = new HangarError('HGR-206', 'no bucket', { resource: 'bucket.existing.name', next: 'make one' });
const run = (preflight: () => Promise<HangarError[]>) =>
  runInActivity(() => preflightActivities(contextOf({ preflight })).preflight({ spec }));

describe('preflight', () => {
  it('passes when nothing stands in the way', async () => {
    expect((await run(async () => [])).result).toBeUndefined();
  });

  it('fails with the one problem, as it is', async () => {
    await expect(run(async () => [zone])).rejects.toMatchObject({
      type: 'HGR-205',
      nonRetryable: true,
      details: [{ code: 'HGR-205', message: 'no zone', next: 'give one', step: 'preflight' }],
    });
  });

  it('fails with all problems in one go', async () => {
    await expect(run(async () => [zone, bucket])).rejects.toMatchObject({
      type: 'HGR-205',
      details: [
        {
          problems: [
            { path: 'dns.existing.zone', message: 'no zone: give one' },
            { path: 'bucket.existing.name', message: 'no bucket: make one' },
          ],
        },
      ],
    });
  });

  it('is tried again when the cloud did not answer', async () => {
    const silent = () => Promise.reject(new HangarError('HGR-209', 'silence'));
    await expect(run(silent)).rejects.toMatchObject({ type: 'HGR-209', nonRetryable: false });
  });
});
