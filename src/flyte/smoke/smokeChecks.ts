import { HangarError, type Problem } from '../../errors/HangarError.js';
import type { SmokeCheckReport } from '../../graph/StepOutputs.js';
import { bucketCheck } from './bucketCheck.js';
import { containerCheck } from './containerCheck.js';
import { echoCheck } from './echoCheck.js';
import { healthCheck } from './healthCheck.js';
import { namespacesCheck } from './namespacesCheck.js';
import { projectsCheck } from './projectsCheck.js';
import { publicAddressCheck } from './publicAddressCheck.js';
import type { SmokeCheck, SmokeContext } from './SmokeCheck.js';
import { versionCheck } from './versionCheck.js';

/** All checks: those of a group at once, a group when the one before it is over. See docs/smoke.md. */
export const smokeGroups: readonly (readonly SmokeCheck[])[] = [
  // FlyteAdmin may need a moment to answer.
  [healthCheck],
  // Executions need the namespaces.
  [versionCheck, projectsCheck, namespacesCheck],
  [echoCheck, containerCheck, bucketCheck, publicAddressCheck],
];

/**
 * Runs every check, whatever becomes of the others.
 * @param onReport told of each check when it is over
 * @returns the reports in the order of the checks
 */
export async function runSmokeChecks(
  context: SmokeContext,
  onReport: (report: SmokeCheckReport) => void = () => undefined,
  groups: readonly (readonly SmokeCheck[])[] = smokeGroups,
): Promise<SmokeCheckReport[]> {
  const reports: SmokeCheckReport[] = [];
  for (const group of groups) {
    const done = group.map(async (check) => {
      const report = await runCheck(check, context);
      onReport(report);
      return report;
    });
    reports.push(...(await Promise.all(done)));
  }
  return reports;
}

/** @throws HGR-501 with every check that failed */
export function requirePassed(reports: readonly SmokeCheckReport[]): void {
  const problems = reports
    .filter(({ result }) => result === 'failed')
    .map(
      ({ name, message, look }): Problem => ({ message: `${name}: ${message}${look ? ` — look at: ${look}` : ''}` }),
    );
  if (problems.length === 0) return;
  throw new HangarError('HGR-501', `${problems.length} of ${reports.length} smoke checks failed`, {
    next: 'Look at what each check names, correct it, and run the same create again: it goes on where it stopped',
    problems,
  });
}

async function runCheck(check: SmokeCheck, context: SmokeContext): Promise<SmokeCheckReport> {
  const reason = check.skip?.(context);
  if (reason !== undefined) return { name: check.name, result: 'skipped', seconds: 0, message: reason };
  const started = performance.now();
  const timeout = AbortSignal.timeout(check.withinSeconds * 1000);
  const signal = context.signal ? AbortSignal.any([context.signal, timeout]) : timeout;
  const seconds = () => Math.round((performance.now() - started) / 10) / 100;
  try {
    const message = await check.run({ ...context, signal });
    return { name: check.name, result: 'passed', seconds: seconds(), message };
  } catch (error) {
    // Stopped from outside is no finding.
    context.signal?.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    const message = timeout.aborted ? `not within ${check.withinSeconds} s: ${said}` : said;
    return { name: check.name, result: 'failed', seconds: seconds(), message, look: check.look(context) };
  }
}
