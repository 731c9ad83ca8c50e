import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { parseCreateFlyteInput, parseDestroyFlyteInput, parsePlanFlyteInput } from '../../workflows/inputs.js';
import { minimalSpec } from '../spec/minimalSpec.js';

const key = { name: 'research', cloud: 'aws', account: '123456789012', region: 'us-east-1' };

describe('the workflows’ inputs', () => {
  it('take what docs/temporal.md shows', () => {
    expect(parseCreateFlyteInput({ spec: minimalSpec })).toMatchObject({
      onExisting: 'refuse',
      spec: { size: 'small' },
    });
    expect(parseCreateFlyteInput({ spec: minimalSpec, onExisting: 'resume' }).onExisting).toBe('resume');
    expect(parseDestroyFlyteInput(key)).toEqual({ key, ifExists: false });
    expect(parseDestroyFlyteInput({ ...key, ifExists: true })).toEqual({ key, ifExists: true });
    expect(parsePlanFlyteInput({ spec: minimalSpec }).spec.name).toBe('research');
  });

  it('tell every unknown key and what is known', () => {
    const wrong = { ...key, force: true, iFExists: true };
    expect(() => parseDestroyFlyteInput(wrong)).toThrow(/force: .*known are name.*iFExists/);
  });

  // Any other error would make Temporal retry the workflow task for ever.
  it.each([parseCreateFlyteInput, parseDestroyFlyteInput, parsePlanFlyteInput])(
    '%o refuses anything else with a HangarError',
    (parse) => {
      const spec = fc.oneof(
        fc.jsonValue(),
        fc.record({ cloud: fc.jsonValue(), flyte: fc.jsonValue(), network: fc.jsonValue() }),
      );
      const input = fc.oneof(
        fc.jsonValue(),
        fc.constant(undefined),
        fc.record({ spec }),
        fc.record({ name: fc.jsonValue(), cloud: fc.jsonValue() }),
      );
      fc.assert(
        fc.property(input, (value) => {
          expect(() => parse(value)).toThrow(HangarError);
        }),
      );
    },
  );
});
