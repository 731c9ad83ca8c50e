import type { DeploymentStatus, StepStatus } from '../../graph/DeploymentStatus.js';
import { formatDuration, formatUsual, secondsBetween } from './formatDuration.js';
import { stepProgressText } from './stepProgressText.js';

/** A running step is mentioned again after this many seconds, so that a log that is watched is seen to live. */
const repeatSeconds = 30;

/**
 * Follows a deployment in lines that are only ever appended, for logs and pipes: one line for each change of a step, and
 * one every 30 s for each step that runs.
 */
export class ChangeLog {
  private phase: string | undefined;
  private readonly seen = new Map<string, { state: string; attempt: number; toldAt: number }>();
  private readonly failures = new Set<string>();

  /** The lines to append now that the deployment stands so. */
  lines(status: DeploymentStatus, now: Date): string[] {
    const lines: string[] = [];
    const at = formatDuration(secondsBetween(status.startedAt, undefined, now) ?? 0).padStart(7);
    if (status.phase !== this.phase) lines.push(`${at}  ${status.name}: ${status.phase}`);
    this.phase = status.phase;
    for (const step of status.steps) {
      for (const line of [this.failure(step), this.line(step, now)]) if (line) lines.push(`${at}  ${line}`);
    }
    return lines;
  }

  /** A step that failed and was rolled back between two looks is told of too: why it failed matters most. */
  private failure(step: StepStatus): string | undefined {
    const failed = step.state === 'failed' || step.state === 'removing' || step.state === 'removed';
    if (!failed || !step.error || this.failures.has(step.name)) return undefined;
    this.failures.add(step.name);
    if (step.state === 'failed') return undefined;
    return `${step.name.padEnd(11)} failed, ${step.error.code} ${step.error.message}`;
  }

  private line(step: StepStatus, now: Date): string | undefined {
    const before = this.seen.get(step.name);
    const changed = before?.state !== step.state || (before.attempt !== step.attempt && step.attempt > 1);
    const runs = step.state === 'running' || step.state === 'removing';
    const due = runs && before !== undefined && now.getTime() - before.toldAt >= repeatSeconds * 1000;
    if (!changed && !due) return undefined;
    this.seen.set(step.name, { state: step.state, attempt: step.attempt, toldAt: now.getTime() });
    // That everything waits at first is no news.
    if (before === undefined && step.state === 'waiting') return undefined;
    return `${step.name.padEnd(11)} ${[step.state, ...words(step, changed, now)].join(', ')}`;
  }
}

function words(step: StepStatus, changed: boolean, now: Date): string[] {
  const elapsed = secondsBetween(step.startedAt, step.endedAt, now);
  const time = elapsed === undefined ? [] : [formatDuration(elapsed)];
  switch (step.state) {
    case 'running':
    case 'removing':
      if (changed && step.attempt <= 1)
        return step.state === 'running' ? [`usually ${formatUsual(step.typicalSeconds)}`] : [];
      return [...time, ...progressWords(step)];
    case 'failed':
      return [...time, ...(step.error ? [`${step.error.code} ${step.error.message}`] : [])];
    case 'kept':
      return [];
    default:
      return time;
  }
}

function progressWords(step: StepStatus): string[] {
  const [current] = step.progress?.current ?? [];
  return [
    stepProgressText(step),
    current ? `${current.resource} ${current.action} ${formatDuration(current.seconds)}` : '',
    step.progress?.waitingFor ? `waits for ${step.progress.waitingFor}` : '',
  ].filter((part) => part !== '');
}
