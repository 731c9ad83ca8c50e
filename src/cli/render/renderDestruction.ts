import type { DeploymentStatus, StepStatus } from '../../graph/DeploymentStatus.js';
import { renderTable } from './renderTable.js';
import type { Style } from './Style.js';

/** What destroying a deployment would take away, before the user is asked. */
export function renderDestruction(status: DeploymentStatus, style: Style): string[] {
  const { name, cloud, region, account, outputs } = status;
  const going = status.steps.filter(stands);
  const lost = [
    outputs.cluster ? ['cluster', outputs.cluster.cluster_name] : [],
    outputs.database ? ['database', `${outputs.database.database_name} on ${outputs.database.database_host}`] : [],
    outputs.bucket ? ['bucket', outputs.bucket.bucket_name] : [],
    outputs.dns?.domain ? ['domain', outputs.dns.domain] : [],
  ].filter((row) => row.length > 0);
  return [
    `This destroys ${style.bold(name)} on ${cloud} ${region}, account ${account}:`,
    ...renderTable(
      [],
      going.map((step) => [`  ${step.name}`, step.title]),
    ),
    ...(lost.length > 0
      ? [
          '',
          style.yellow('With all data in:'),
          ...renderTable(
            [],
            lost.map(([what, id]) => [`  ${what}`, id!]),
          ),
        ]
      : []),
    '',
    'What was brought along by `existing:` and the state bucket stay.',
  ];
}

function stands({ name, state }: StepStatus): boolean {
  return !['waiting', 'skipped', 'removed', 'kept'].includes(state) && name !== 'bootstrap' && name !== 'smoke';
}
