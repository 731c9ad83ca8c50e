import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activitySlots } from '../../src/worker/activitySlots.js';

const gibibyte = 1024 ** 3;

describe('activitySlots', () => {
  it.each([
    [1, 2],
    [4, 4],
    [8, 10],
    [24, 33],
    [512, 100],
  ])('on a machine with %d GiB runs %d activities at once', (memory, slots) => {
    expect(activitySlots({}, memory * gibibyte)).toBe(slots);
  });

  it('obeys the setting', () => {
    expect(activitySlots({ workerSlots: 7 }, gibibyte)).toBe(7);
  });

  it('never gives fewer slots for more memory', () => {
    const memory = fc.integer({ min: 0, max: 1024 });
    fc.assert(
      fc.property(memory, memory, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(activitySlots({}, less * gibibyte)).toBeLessThanOrEqual(activitySlots({}, more * gibibyte));
      }),
    );
  });
});
