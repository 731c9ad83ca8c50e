import { describe, expect, it } from 'vitest';
import { terraformStateResources } from '../../src/clouds/terraformStateResources.js';

describe('terraformStateResources', () => {
  it('gives managed resources by address with the cloud id, and no other attribute', () => {
    const state = {
      version: 4,
      resources: [
        { mode: 'data', type: 'aws_region', name: 'current', instances: [{ attributes: { id: 'x' } }] },
        {
          module: 'module.step',
          mode: 'managed',
          type: 'aws_subnet',
          name: 'private',
          instances: [
            { index_key: 0, attributes: { id: 'subnet-1', arn: 'arn:aws:ec2:::subnet/subnet-1', password: 'secret' } },
            { index_key: 'b', attributes: { id: 'subnet-2' } },
            { index_key: 'c', attributes: null },
          ],
        },
      ],
    };
    expect(terraformStateResources(JSON.stringify(state), 'k')).toEqual([
      { address: 'module.step.aws_subnet.private[0]', id: 'arn:aws:ec2:::subnet/subnet-1' },
      { address: 'module.step.aws_subnet.private["b"]', id: 'subnet-2' },
      { address: 'module.step.aws_subnet.private["c"]' },
    ]);
  });

  it('takes a destroyed state as empty and refuses what is none', () => {
    expect(terraformStateResources('{"version":4,"resources":[]}', 'k')).toEqual([]);
    for (const body of ['', 'not json', '[]', '{"version":3}']) {
      expect(() => terraformStateResources(body, 'k')).toThrowError(expect.objectContaining({ code: 'HGR-704' }));
    }
  });
});
