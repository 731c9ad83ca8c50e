import { describe, expect, it } from 'vitest';
import { freePort } from '../../../local/processes/freePort.js';

describe('freePort', () => {
  it('gives no port twice, and none from which systems take outgoing ones', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    expect(new Set(ports).size).toBe(50);
    for (const port of ports) expect(port).toBeLessThan(32_768);
  });
});
