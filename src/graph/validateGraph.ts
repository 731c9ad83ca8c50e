import { HangarError, type Problem } from '../errors/HangarError.js';
import type { Step } from './Step.js';

/**
 * Checks that the steps form a graph that can be walked: every name once, every input known, no cycle.
 * @throws HangarError HGR-901 with all that is wrong: a graph is built by Hangar, never by a user
 */
export function validateGraph(steps: readonly Step[]): void {
  const byName = new Map<string, Step>();
  const problems: Problem[] = [];
  for (const step of steps) {
    if (byName.has(step.name)) problems.push({ message: `step ${step.name} is there twice` });
    byName.set(step.name, step);
  }
  for (const step of steps) {
    for (const name of step.after) {
      if (!byName.has(name)) problems.push({ message: `step ${step.name} waits for ${name}, which is no step` });
    }
  }
  const cycle = findCycle(byName);
  if (cycle) problems.push({ message: `steps wait for each other: ${cycle.join(' → ')}` });
  if (problems.length > 0) {
    throw new HangarError('HGR-901', `The step graph is wrong: ${problems.map((each) => each.message).join('; ')}`, {
      problems,
    });
  }
}

function findCycle(byName: ReadonlyMap<string, Step>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (name: string, path: string[]): string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return [...path.slice(start), name];
    if (finished.has(name)) return undefined;
    for (const input of byName.get(name)?.after ?? []) {
      const cycle = visit(input, [...path, name]);
      if (cycle) return cycle;
    }
    finished.add(name);
    return undefined;
  };
  for (const name of byName.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
