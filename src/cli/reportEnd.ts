import { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Cli } from './Cli.js';
import { formatDuration, secondsBetween } from './render/formatDuration.js';
import { renderChecks } from './render/renderChecks.js';
import { renderLeftovers } from './render/renderLeftovers.js';

/**
 * Prints how the work on a deployment ended.
 * @throws HangarError with which it ended, after what is still there has been listed
 */
export function reportEnd(cli: Cli, status: DeploymentStatus, { json }: { json?: boolean }): void {
  if (json) cli.printJson(status);
  else cli.print(['', ...endLines(cli, status)]);
  if (status.error) throw HangarError.fromJSON(status.error);
}

function endLines({ style }: Cli, status: DeploymentStatus): string[] {
  const { name, phase, outputs, error, leftovers, startedAt, endedAt } = status;
  const checks = outputs.smoke?.checks ?? [];
  const lines = checks.length > 0 && phase !== 'gone' ? ['Smoke checks:', ...renderChecks(checks, style)] : [];
  // The error that is printed next lists most of it.
  const untold = leftovers.filter(
    ({ resource }) => !error?.problems?.some(({ message }) => message.includes(resource)),
  );
  lines.push(...renderLeftovers(untold, style));
  if (error) return lines;
  const time = formatDuration(secondsBetween(startedAt, endedAt, new Date()) ?? 0);
  if (phase === 'ready') lines.push(`${style.green('ready')} ${style.bold(name)} stands after ${time}.`);
  else if (phase === 'gone') lines.push(`${style.green('gone')} Nothing is left of ${style.bold(name)} after ${time}.`);
  return lines;
}
