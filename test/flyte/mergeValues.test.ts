import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/clouds/Cloud.js';
import { type ChartValues, isMap, mergeValues } from '../../src/flyte/mergeValues.js';

const key = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.string({ maxLength: 3 }));
const { values } = fc.letrec<{ json: Json; values: ChartValues }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer()),
    tie('values'),
  ),
  values: fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
}));

/** Every path to something that is not a map, with its value. */
function leaves(value: Json, path: readonly string[] = []): [string, Json][] {
  if (!isMap(value) || Object.keys(value).length === 0) return [[JSON.stringify(path), value]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

describe('mergeValues', () => {
  test('nothing merged into values, or values into nothing, is the values', () => {
    fc.assert(
      fc.property(values, (some) => {
        expect(mergeValues(some, {})).toEqual(some);
        expect(mergeValues({}, some)).toEqual(some);
      }),
    );
  });

  test('everything that the second says holds in the result', () => {
    fc.assert(
      fc.property(values, values, (base, over) => {
        const merged = new Map(leaves(mergeValues(base, over)));
        for (const [path, value] of leaves(over)) {
          if (isMap(value)) continue;
          expect(merged.get(path)).toEqual(value);
        }
      }),
    );
  });

  test('what the second does not touch stays as the first says', () => {
    fc.assert(
      fc.property(values, values, (base, over) => {
        const merged = mergeValues(base, over);
        for (const name of Object.keys(base)) {
          if (!Object.hasOwn(over, name)) expect(merged[name]).toEqual(base[name]);
        }
      }),
    );
  });

  test('merging the same again changes nothing, and neither argument is ever changed', () => {
    fc.assert(
      fc.property(values, values, (base, over) => {
        const [baseBefore, overBefore] = [structuredClone(base), structuredClone(over)];
        const once = mergeValues(base, over);
        expect(mergeValues(once, over)).toEqual(once);
        expect(base).toEqual(baseBefore);
        expect(over).toEqual(overBefore);
      }),
    );
  });

  test('lists are replaced, nulls stay for Helm to take defaults away, maps and single values replace one another', () => {
    expect(
      mergeValues({ list: [1, 2], map: { a: 1, b: 2 }, was: { a: 1 } }, { list: [3], map: { a: null }, was: 'one' }),
    ).toEqual({ list: [3], map: { a: null, b: 2 }, was: 'one' });
  });
});
