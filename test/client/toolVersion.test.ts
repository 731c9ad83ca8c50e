import { describe, expect, it } from 'vitest';
import { isAtLeast } from '../../src/client/toolVersion.js';

describe('isAtLeast', () => {
  it.each([
    ['1.11.4', '1.10.0', true],
    ['1.10.0', '1.10.0', true],
    ['1.9.9', '1.10.0', false],
    ['2.0.0', '1.10.0', true],
    ['1.10.0-rc1', '1.10.0', true],
    ['3.8', '3.8.0', true],
  ])('%s against %s is %s', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});
