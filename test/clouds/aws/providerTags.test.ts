import { expect, it } from 'vitest';
import { providerTags } from '../../../src/clouds/aws/providerTags.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';

const spec = parseSpec({ ...minimalSpec, tags: { team: 'ml' } });

it('says whose a resource is, which step made it and when it expires', () => {
  const request = { spec, step: 'network', outputs: {}, expires: '2026-01-02T03:04:05.000Z' } as const;
  expect(providerTags(request)).toEqual({
    team: 'ml',
    'hangar:deployment': 'research',
    'hangar:step': 'network',
    'hangar:expires': '2026-01-02T03:04:05.000Z',
  });
});

it('has no expiry without a lifetime', () => {
  expect(providerTags({ spec, step: 'network', outputs: {} })).not.toHaveProperty('hangar:expires');
});

it("cannot be overruled by the file's tags", () => {
  const tags = { 'hangar:deployment': 'other' };
  expect(providerTags({ spec: { ...spec, tags }, step: 'iam', outputs: {} })['hangar:deployment']).toBe('research');
});
