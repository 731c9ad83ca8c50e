import { criticalPath } from './criticalPath.js';
import type { Step } from './Step.js';

/**
 * The graph as a Mermaid flowchart, the critical path in bold lines.
 * @param steps in topological order
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function describeGraph(steps: readonly Step[]): string {
  const path = criticalPath(steps).steps;
  const isCritical = (from: string, to: string) => path.some((name, at) => name === from && path[at + 1] === to);
  const nodes = steps.map((step) => `  ${step.name}["${step.name}<br/>${formatMinutes(step.typicalSeconds)}"]`);
  const edges = steps.flatMap((step) =>
    step.after.map((input) => `  ${input} ${isCritical(input, step.name) ? '==>' : '-->'} ${step.name}`),
  );
  return ['flowchart LR', ...nodes, ...edges].join('\n');
}

function formatMinutes(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 6) / 10} min`;
}
