import type { PlatformChart } from '../clouds/Cloud.js';
import type { StepProgress, StepRequest } from '../graph/StepRequest.js';
import { chartSource } from '../helm/chartSource.js';
import { type InstallResult, installRelease } from '../helm/installRelease.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import type { Settings } from '../settings/Settings.js';

export interface InstallPlatformRequest {
  readonly settings: Pick<Settings, 'helm' | 'home' | 'chartMirror'>;
  readonly access: ClusterAccess;
  readonly charts: readonly PlatformChart[];
  readonly request: StepRequest;
  /** The attempt before this one is known to be dead. */
  readonly takeOver: boolean;
  readonly signal?: AbortSignal;
  readonly report: (progress: StepProgress) => void;
  /** For each chart, in seconds; default 600. */
  readonly timeoutSeconds?: number;
}

/**
 * Installs the platform charts, all at once. Safe to repeat.
 * @throws the first failure, after the other charts have ended too: no helm is left running
 */
export async function installPlatform(install: InstallPlatformRequest): Promise<InstallResult[]> {
  const { settings, access, charts, request, takeOver, signal, timeoutSeconds } = install;
  const progress = new Map<string, StepProgress>();
  const ended = await Promise.allSettled(
    charts.map(async (chart) =>
      installRelease({
        settings,
        access,
        namespace: chart.namespace,
        release: chart.release,
        chart: chartSource({
          chart: chart.chart,
          address: chart.repository,
          version: chart.version,
          ...(settings.chartMirror ? { mirror: settings.chartMirror } : {}),
        }),
        values: chart.values(request),
        takeOver,
        ...(signal ? { signal } : {}),
        ...(timeoutSeconds ? { timeoutSeconds } : {}),
        report: (step) => {
          progress.set(chart.release, step);
          install.report(together([...progress.values()]));
        },
      }),
    ),
  );
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return ended.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** The progress of several releases as one. */
function together(steps: readonly StepProgress[]): StepProgress {
  const sum = (pick: (step: StepProgress) => number | undefined) =>
    steps.reduce((total, step) => total + (pick(step) ?? 0), 0);
  const waitingFor = steps.flatMap((step) => step.waitingFor ?? []).join('; ');
  return {
    phase: steps.some(({ phase }) => phase === 'wait') ? 'wait' : 'install',
    done: sum(({ done }) => done),
    total: sum(({ total }) => total),
    ...(waitingFor ? { waitingFor } : {}),
  };
}
