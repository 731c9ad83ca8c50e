import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../local/tools/isAtLeast.js';

const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
const text = (parts: readonly number[]) => parts.join('.');

describe('isAtLeast', () => {
  it('compares numbers, not letters', () => {
    expect(isAtLeast('1.11.4', '1.9')).toBe(true);
    expect(isAtLeast('1.9.9', '1.11')).toBe(false);
  });

  it('takes a missing part for 0', () => {
    expect(isAtLeast('1', '1.0.0')).toBe(true);
    expect(isAtLeast('1.2', '1.2.1')).toBe(false);
  });

  it('orders versions as their numbers are ordered', () => {
    fc.assert(
      fc.property(version, version, (left, right) => {
        const difference = left.map((part, place) => part - right[place]!).find((each) => each !== 0) ?? 0;
        expect(isAtLeast(text(left), text(right))).toBe(difference >= 0);
      }),
    );
  });
});
