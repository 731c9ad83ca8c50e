import type { CloudResource } from '../gateway/listCloudResources.js';

/** Prints how many resources of each type there are. */
export function printResources(resources: readonly CloudResource[], say: (text: string) => void): void {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const entries = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, n]) => `${n} ${type}`);
  say(entries.length === 0 ? 'nothing' : `${resources.length} resources: ${entries.join(', ')}`);
}
