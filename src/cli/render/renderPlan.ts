import { criticalPath } from '../../graph/criticalPath.js';
import type { Step } from '../../graph/Step.js';
import type { StepPlan } from '../../graph/StepPlan.js';
import { formatUsual } from './formatDuration.js';
import { renderTable } from './renderTable.js';
import type { Style } from './Style.js';

/** What creating would do: counts by step, all that is risky by name, and how long it usually takes. */
export function renderPlan(plans: readonly StepPlan[], steps: readonly Step[], style: Style): string[] {
  const rows = plans.map((plan) => [plan.step, ...counts(plan), notes(plan)]);
  const total = (key: 'add' | 'change' | 'replace' | 'remove') => plans.reduce((sum, plan) => sum + plan[key], 0);
  const path = criticalPath(steps);
  const risks = plans.flatMap((plan) =>
    plan.risks.map(({ address, action, reason }) => `  ${plan.step}: ${style.bold(address)} ${action}: ${reason}`),
  );
  return [
    ...renderTable(['step', 'add', 'change', 'replace', 'remove', ''], rows),
    '',
    `In all ${total('add')} to add, ${total('change')} to change, ${total('replace')} to replace, ${total('remove')} to remove.`,
    ...(risks.length > 0 ? ['', style.yellow('Look twice at:'), ...risks] : []),
    '',
    `Usually takes about ${formatUsual(path.seconds)}, along ${path.steps.join(' → ')}.`,
    'Nothing was created.',
  ];
}

function counts({ add, change, replace, remove, resources, notes }: StepPlan): string[] {
  // A step that is not terraform's has no resources to count.
  if (resources.length === 0 && notes.length > 0) return ['', '', '', ''];
  return [add, change, replace, remove].map((count) => (count === 0 ? '-' : String(count)));
}

function notes({ notes, provisional }: StepPlan): string {
  return [...notes, ...(provisional ? ['counts are final, values are not known yet'] : [])].join('; ');
}
