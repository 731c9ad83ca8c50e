import type { ToolName, ToolProgress } from './Tool.js';

/** No more often than this a tool tells where it is; what changes its source or ends it is told at once. */
const everyMs = 3_000;

/** Prints progress as lines, `[tool] message`, seldom enough for a log. */
export function toolProgressPrinter(output: { write(line: string): unknown }): (progress: ToolProgress) => void {
  const lastTold = new Map<ToolName, number>();
  return ({ tool, message, fraction }) => {
    const told = lastTold.get(tool);
    const important = told === undefined || fraction === 1 || /^(not from|ready|another)| from /.test(message);
    if (!important && Date.now() - told < everyMs) return;
    lastTold.set(tool, Date.now());
    const percent = fraction === undefined || fraction === 1 ? '' : ` (${Math.round(fraction * 100)} %)`;
    output.write(`  [${tool}] ${message}${percent}\n`);
  };
}
