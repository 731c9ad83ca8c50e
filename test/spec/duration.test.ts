import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/spec/duration.js';

describe('durationMs', () => {
  it.each([
    ['30m', 1_800_000],
    ['8h', 28_800_000],
    ['2d', 172_800_000],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '8', 'h', '8 h', '1.5h', '-1h', '8hours', '8s', '9999999h'])('refuses %j', (text) => {
    expect(() => durationMs(text)).toThrow(RangeError);
  });
});
