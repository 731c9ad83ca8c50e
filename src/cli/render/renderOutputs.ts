import type { OutputsReport } from '../../client/deploymentOutputs.js';
import { formatDuration } from './formatDuration.js';
import { renderTable } from './renderTable.js';

/** What a person needs to use a deployment; what it does not have, or not yet, is said to be so. */
export function renderOutputs(report: OutputsReport): string[] {
  const { console, grpc, portForwardCommand, kubeconfigCommand, bucket, databaseHost, cost } = report;
  const local = portForwardCommand ? 'http://localhost:8088/console, while this runs:' : 'none';
  return renderTable(
    [],
    [
      ['console', console ?? local],
      ...(portForwardCommand ? [['', portForwardCommand]] : []),
      ['gRPC', grpc ?? 'none without a domain'],
      ['kubeconfig', kubeconfigCommand ?? 'no cluster yet'],
      ['bucket', bucket ?? 'none yet'],
      ['database', databaseHost ?? 'none yet'],
      [
        'cost so far',
        `about $${cost.soFarUsd.toFixed(2)} ($${cost.hourlyUsd.toFixed(2)} an hour for ${formatDuration(cost.hours * 3600)})`,
      ],
      ['', `an estimate: ${cost.source}`],
    ],
  );
}
