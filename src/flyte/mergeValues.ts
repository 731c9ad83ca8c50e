import type { Json } from '../clouds/Cloud.js';

/** Values of a Helm chart. */
export type ChartValues = { [key: string]: Json };

/**
 * Merges `over` into `base` as Helm merges values files: maps key by key, anything else (lists too) is replaced.
 * A null in `over` stays, as Helm takes it for "without the chart's default". Neither argument is changed.
 */
export function mergeValues(base: ChartValues, over: ChartValues): ChartValues {
  const merged = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isMap(value) && isMap(below) ? mergeValues(below, value) : structuredClone(value));
  }
  return Object.fromEntries(merged);
}

/** Whether a value is a map, not a list. */
export function isMap(value: Json | undefined): value is ChartValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
