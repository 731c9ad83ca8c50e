import type { Step } from './Step.js';
import type { StepName } from './StepName.js';

/** Every step that must stand before `step` starts, near and far. */
export function ancestors(steps: readonly Step[], step: StepName): Set<StepName> {
  const byName = new Map(steps.map((each) => [each.name, each]));
  const found = new Set<StepName>();
  const visit = (name: StepName) => {
    for (const before of byName.get(name)?.after ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      visit(before);
    }
  };
  visit(step);
  return found;
}
