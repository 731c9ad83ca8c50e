import type { DeploymentStatus, StepStatus } from '../src/graph/DeploymentStatus.js';

/** A deployment's status as Markdown, for the details that Temporal's UI shows beside a workflow. */
export function detailsText(status: DeploymentStatus): string {
  const { name, cloud, region, account, phase, steps, error, leftovers } = status;
  const lines = [`**${name}** on ${cloud} ${region}, account ${account}: **${phase}**`];
  if (error) lines.push('', `${error.code}: ${error.message}`, ...(error.next ? ['', `Next: ${error.next}`] : []));
  if (steps.length > 0) {
    lines.push('', '| step | state | started | ended | |', '| --- | --- | --- | --- | --- |', ...steps.map(row));
  }
  if (leftovers.length > 0) {
    lines.push('', 'Still there:', ...leftovers.map((left) => `- ${left.step}: ${left.resource} ${left.id ?? ''}`));
  }
  return lines.join('\n');
}

function row(step: StepStatus): string {
  const cells = [step.name, step.state, clock(step.startedAt), clock(step.endedAt), remark(step)];
  return `| ${cells.map(escaped).join(' | ')} |`;
}

function remark(step: StepStatus): string {
  if (step.error) return `${step.error.code}: ${step.error.message}`;
  if (step.waitsFor.length > 0) return `waits for ${step.waitsFor.join(', ')}`;
  return step.title;
}

/** Time of day, UTC, out of an ISO time. */
function clock(time: string | undefined): string {
  return time?.slice(11, 19) ?? '';
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
