import { HangarError, type Problem } from '../../errors/HangarError.js';
import type { SmokeCheckReport } from '../../graph/StepOutputs.js';
import { bucketCheck } from './bucketCheck.js';
import { containerCheck } from './containerCheck.js';
import { echoCheck } from './echoCheck.js';
import { healthCheck } from './healthCheck.js';
import { projectsCheck } from './projectsCheck.js';
import { publicAddressCheck } from './publicAddressCheck.js';
import type { SmokeCheck, SmokeContext } from './SmokeCheck.js';
import { versionCheck } from './versionCheck.js';

/** All checks, in the order of their reports. See docs/smoke.md. */
export const smokeChecks: readonly SmokeCheck[] = [
  healthCheck,
  versionCheck,
  projectsCheck,
  echoCheck,
  containerCheck,
  bucketCheck,
  publicAddressCheck,
];

/**
 * Runs every check, whatever becomes of the others: the first alone, as it waits for FlyteAdmin to answer, the rest at
 * once.
 * @param onReport told of each check when it is over
 */
export async function runSmokeChecks(
  context: SmokeContext,
  onReport: (report: SmokeCheckReport) => void = () => undefined,
  checks: readonly SmokeCheck[] = smokeChecks,
): Promise<SmokeCheckReport[]> {
  const run = async (check: SmokeCheck) => {
    const report = await runCheck(check, context);
    onReport(report);
    return report;
  };
  const [first, ...rest] = checks;
  if (!first) return [];
  return [await run(first), ...(await Promise.all(rest.map(run)))];
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
