import type { DeploymentStatus, StepState, StepStatus } from '../../graph/DeploymentStatus.js';
import { formatDuration, formatUsual, secondsBetween } from './formatDuration.js';
import { formatLine, type Line, type Piece } from './Line.js';
import type { Style, StyleName } from './Style.js';
import { stepProgressText } from './stepProgressText.js';

/** How a tree is drawn. */
export interface TreeOptions {
  readonly style: Style;
  readonly now: Date;
  /** Lines are cut to this width. Default: as long as they are. */
  readonly columns?: number;
  /** At most this many lines, leaving out the least important. Default: all. */
  readonly rows?: number;
}

const symbols: Record<StepState, { symbol: string; style: StyleName }> = {
  waiting: { symbol: '○', style: 'dim' },
  running: { symbol: '●', style: 'cyan' },
  done: { symbol: '✔', style: 'green' },
  failed: { symbol: '✖', style: 'red' },
  skipped: { symbol: '–', style: 'dim' },
  removing: { symbol: '●', style: 'yellow' },
  removed: { symbol: '✔', style: 'dim' },
  kept: { symbol: '◆', style: 'dim' },
};

/** The deployment and its steps: state, time, what each is doing or waits for. */
export function renderTree(status: DeploymentStatus, options: TreeOptions): string[] {
  const lines = [headLine(status, options.now), ...stepLines(status, options)];
  return lines.map((line) => formatLine(line, options.style, options.columns));
}

function headLine(status: DeploymentStatus, now: Date): Line {
  const elapsed = secondsBetween(status.startedAt, status.endedAt, now);
  const rest = [status.cloud, status.region, status.account, status.phase];
  if (elapsed !== undefined) rest.push(formatDuration(elapsed));
  return [{ text: status.name, style: 'bold' }, ` · ${rest.join(' · ')}`];
}

/** Under a short terminal first the resources go, then the steps that are over, then those that wait. */
function stepLines(status: DeploymentStatus, { now, rows = Number.POSITIVE_INFINITY }: TreeOptions): Line[] {
  const room = rows - 1;
  const withDetails = status.steps.flatMap((step, index) => {
    const last = index === status.steps.length - 1;
    return [stepLine(step, last, now), ...resourceLines(step, last)];
  });
  if (withDetails.length <= room) return withDetails;
  const isActive = ({ state }: StepStatus) => state === 'running' || state === 'removing' || state === 'failed';
  const groups = [
    status.steps,
    status.steps.filter((step) => isActive(step) || step.state === 'waiting'),
    status.steps.filter(isActive),
  ];
  const shown =
    groups.find((steps) => steps.length + (steps === status.steps ? 0 : 1) <= room) ?? groups[2]!.slice(0, room - 1);
  const hidden = status.steps.length - shown.length;
  const lines = shown.map((step, index) => stepLine(step, hidden === 0 && index === shown.length - 1, now));
  return hidden === 0 ? lines : [...lines, [{ text: `└─ and ${hidden} more steps`, style: 'dim' }]];
}

function stepLine(step: StepStatus, last: boolean, now: Date): Line {
  const { symbol, style } = symbols[step.state];
  const elapsed = secondsBetween(step.startedAt, step.endedAt, now);
  // How long what is kept has stood is no work.
  const time = elapsed === undefined || step.state === 'kept' ? '' : formatDuration(elapsed);
  const head: Line = [
    { text: last ? '└─ ' : '├─ ', style: 'dim' },
    { text: symbol, style },
    ` ${step.name.padEnd(11)} ${time.padStart(7)}  `,
  ];
  return [...head, ...stepWords(step)];
}

function stepWords(step: StepStatus): Piece[] {
  switch (step.state) {
    case 'waiting':
      return [{ text: step.waitsFor.length > 0 ? `waits for ${step.waitsFor.join(', ')}` : step.title, style: 'dim' }];
    case 'running':
    case 'removing': {
      const usual = step.state === 'running' ? `usually ${formatUsual(step.typicalSeconds)}` : '';
      return [[step.title, stepProgressText(step), usual].filter((part) => part !== '').join(' · ')];
    }
    case 'failed':
      return [step.error ? { text: `${step.error.code} ${step.error.message}`, style: 'red' } : step.title];
    case 'skipped':
      return [{ text: 'not run', style: 'dim' }];
    case 'kept':
      return [step.title, { text: ' · kept', style: 'dim' }];
    case 'removed':
      // What a step that was rolled back had failed with.
      if (step.error) return [step.title, { text: ` · ${step.error.code} ${step.error.message}`, style: 'red' }];
      return [step.title, { text: changesText(step), style: 'dim' }];
    case 'done':
      return [step.title, { text: changesText(step), style: 'dim' }];
  }
}

function changesText({ changes }: StepStatus): string {
  if (!changes) return '';
  const parts = [
    changes.add > 0 ? `${changes.add} made` : '',
    changes.change > 0 ? `${changes.change} changed` : '',
    changes.remove > 0 ? `${changes.remove} removed` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? ` · ${parts.join(', ')}` : '';
}

function resourceLines({ state, progress }: StepStatus, last: boolean): Line[] {
  if (state !== 'running' && state !== 'removing') return [];
  const indent = last ? '     ' : '│    ';
  const words = (progress?.current ?? []).map(
    ({ resource, action, seconds }) => `${resource} ${action} ${formatDuration(seconds)}`,
  );
  if (progress?.waitingFor) words.push(`waits for ${progress.waitingFor}`);
  return words.map((text) => [{ text: `${indent}${text}`, style: 'dim' }]);
}
