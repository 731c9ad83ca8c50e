import type { SmokeCheckReport } from '../../graph/StepOutputs.js';
import { formatDuration } from './formatDuration.js';
import { renderTable } from './renderTable.js';
import type { Style } from './Style.js';

/** The smoke checks: result, time, and on failure what to look at. */
export function renderChecks(checks: readonly SmokeCheckReport[], style: Style): string[] {
  const marks = { passed: style.green('✔'), failed: style.red('✖'), skipped: style.dim('–') };
  const rows = checks.map(({ name, result, seconds, message, look }) => [
    name,
    result,
    result === 'skipped' ? '' : seconds < 10 ? `${seconds.toFixed(1)}s` : formatDuration(seconds),
    [message, look ? `look at ${look}` : undefined].filter(Boolean).join('; '),
  ]);
  return renderTable([], rows).map((line, index) => `  ${marks[checks[index]!.result]} ${line}`);
}
