import { describe, expect, it } from 'vitest';
import type { HangarError } from '../../src/errors/HangarError.js';
import { parseDeploymentKey } from '../../src/spec/parseDeploymentKey.js';

const key = { name: 'research', cloud: 'aws', account: '123456789012', region: 'us-east-1' };

describe('parseDeploymentKey', () => {
  it('gives what it takes', () => {
    expect(parseDeploymentKey(key)).toEqual(key);
  });

  it.each([
    [{ ...key, region: undefined }, ['region']],
    [{ ...key, account: 123456789012 }, ['account']],
    [{ ...key, cloud: 'asw' }, ['cloud']],
    [{ ...key, regoin: 'us-east-1' }, ['regoin']],
    [{ name: '' }, ['name', 'cloud', 'account', 'region']],
    [undefined, ['name', 'cloud', 'account', 'region']],
    ['research', ['name', 'cloud', 'account', 'region']],
  ])('refuses %j, naming %j', (input, paths) => {
    try {
      parseDeploymentKey(input);
      expect.unreachable();
    } catch (error) {
      const { code, problems } = error as HangarError;
      expect(code).toBe('HGR-608');
      expect(problems.map((problem) => problem.path)).toEqual(paths);
    }
  });
});
