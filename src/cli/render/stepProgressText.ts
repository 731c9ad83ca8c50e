import type { StepStatus } from '../../graph/DeploymentStatus.js';

/** Where a running step is, in a few words: `attempt 2 after HGR-303, apply 3/20`. Empty where nothing is known. */
export function stepProgressText({ attempt, progress, error }: StepStatus): string {
  const count = progress?.total === undefined ? progress?.done : `${progress.done ?? 0}/${progress.total}`;
  const phase = [progress?.phase, count].filter((part) => part !== undefined).join(' ');
  const again = attempt > 1 ? `attempt ${attempt}${error ? ` after ${error.code}` : ''}` : '';
  return [again, phase].filter((part) => part !== '').join(', ');
}
