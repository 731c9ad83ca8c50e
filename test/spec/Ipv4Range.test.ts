import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsRange, formatIpv4Range, parseIpv4Range, rangesOverlap } from '../../src/spec/Ipv4Range.js';

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(
    ([address, prefix]) =>
      `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${prefix}`,
  );

describe('Ipv4Range', () => {
  it('knows first and last address', () => {
    expect(parseIpv4Range('10.1.2.3/16')).toEqual({
      address: 0x0a010203,
      first: 0x0a010000,
      last: 0x0a01ffff,
      prefix: 16,
    });
    expect(parseIpv4Range('255.255.255.255/0')).toMatchObject({ first: 0, last: 0xffffffff });
  });

  it('formats with the host bits cleared', () => {
    expect(formatIpv4Range(parseIpv4Range('10.1.2.3/16'))).toBe('10.1.0.0/16');
    expect(formatIpv4Range(parseIpv4Range('192.168.255.255/20'))).toBe('192.168.240.0/20');
  });

  it.each(['10.0.0.0', '10.0.0/16', '10.0.0.256/16', '10.0.0.0/33', 'x/16', '10.0.0.0/16 '])('refuses %j', (text) => {
    expect(() => parseIpv4Range(text)).toThrow(RangeError);
  });

  it('formats and parses without loss, and two ranges overlap exactly when one holds the other', () => {
    fc.assert(
      fc.property(range, range, (one, two) => {
        const a = parseIpv4Range(one);
        const b = parseIpv4Range(two);
        const again = parseIpv4Range(formatIpv4Range(a));
        expect([again.first, again.last, again.prefix]).toEqual([a.first, a.last, a.prefix]);
        expect(rangesOverlap(a, b)).toBe(containsRange(a, b) || containsRange(b, a));
        expect(containsRange(a, a)).toBe(true);
      }),
    );
  });
});
