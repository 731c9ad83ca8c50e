import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/spec/nearestWord.js';

const keys = ['network', 'cluster', 'database', 'bucket', 'dns', 'nodePools', 'size'];

describe('nearestWord', () => {
  it.each([
    ['netwrok', 'network'],
    ['clutser', 'cluster'],
    ['Database', 'database'],
    ['node_pools', 'nodePools'],
    ['node-pool', 'nodePools'],
    ['buckets', 'bucket'],
    ['siz', 'size'],
  ])('%s → %s', (word, expected) => {
    expect(nearestWord(word, keys)).toBe(expected);
  });

  it.each(['kubernetes', 'x', 'storage'])('finds nothing near %s', (word) => {
    expect(nearestWord(word, keys)).toBeUndefined();
  });

  it('takes the nearest, not the first', () => {
    expect(nearestWord('us-west-3', ['us-east-1', 'us-west-2'])).toBe('us-west-2');
  });

  it('finds a word again after any one typing error', () => {
    const word = fc.stringMatching(/^[a-z]{5,12}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.stringMatching(/^[a-z]$/), (right, at, letter) => {
        const index = at % right.length;
        const before = right.slice(0, index);
        const after = right.slice(index + 1);
        const wrong = [before + after, before + letter + after, before + letter + right[index] + after];
        for (const each of wrong) expect(nearestWord(each, [right])).toBe(right);
      }),
    );
  });
});
