import type { DoctorCheck } from '../../client/doctor.js';
import { renderTable } from './renderTable.js';
import type { Style } from './Style.js';

/** What was looked at, and what to do about what is missing. */
export function renderDoctor(checks: readonly DoctorCheck[], style: Style): string[] {
  const marks = { ok: style.green('✔'), warning: style.yellow('!'), failed: style.red('✖'), skipped: style.dim('–') };
  const rows = renderTable(
    [],
    checks.map(({ name, result, message }) => [name, result, message]),
  );
  return checks.flatMap((check, index) => [
    `${marks[check.result]} ${rows[index]}`,
    ...(check.next ? [`    ${style.cyan('next')} ${check.next}`] : []),
  ]);
}
