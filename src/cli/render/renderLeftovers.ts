import type { Leftover } from '../../graph/StepRequest.js';
import type { Style } from './Style.js';

/** What is still there: step, resource, the cloud's id and why. Empty where nothing is. */
export function renderLeftovers(leftovers: readonly Leftover[], style: Style): string[] {
  if (leftovers.length === 0) return [];
  return [
    style.yellow(leftovers.length === 1 ? 'One thing is still there:' : `${leftovers.length} things are still there:`),
    ...leftovers.map(
      ({ step, resource, id, reason }) => `  ${step}: ${resource}${id && id !== resource ? ` (${id})` : ''}: ${reason}`,
    ),
  ];
}
