import { describe, expect, it } from 'vitest';
import { formatDuration, formatUsual, secondsBetween } from '../../../src/cli/render/formatDuration.js';

describe('formatDuration', () => {
  it.each([
    [-1, '0s'],
    [0.9, '0s'],
    [59.9, '59s'],
    [60, '1m 00s'],
    [3599, '59m 59s'],
    [3600, '1h 00m'],
    [86_399, '23h 59m'],
    [90_000, '1d 1h'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [5, '5s'],
    [110, '2m'],
    [600, '10m'],
    [3599, '1h 00m'],
  ])('usually %d s is %s', (seconds, text) => {
    expect(formatUsual(seconds)).toBe(text);
  });

  it('measures to now where there is no end, and is never negative', () => {
    const now = new Date('2026-01-01T00:00:10Z');
    expect(secondsBetween('2026-01-01T00:00:00Z', undefined, now)).toBe(10);
    expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:03Z', now)).toBe(3);
    expect(secondsBetween('2026-01-01T00:01:00Z', undefined, now)).toBe(0);
    expect(secondsBetween(undefined, undefined, now)).toBeUndefined();
  });
});
