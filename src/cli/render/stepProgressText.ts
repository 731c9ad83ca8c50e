import type { StepStatus } from '../../graph/DeploymentStatus.js';

/** Where a running step is, in a few words: `attempt 2, apply 3/20`. Empty where nothing is known. */
export function stepProgressText({ attempt, progress }: StepStatus): string {
  const count = progress?.total === undefined ? progress?.done : `${progress.done ?? 0}/${progress.total}`;
  const phase = [progress?.phase, count].filter((part) => part !== undefined).join(' ');
  return [attempt > 1 ? `attempt ${attempt}` : '', phase].filter((part) => part !== '').join(', ');
}
