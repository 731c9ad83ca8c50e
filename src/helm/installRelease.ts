import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { StepProgress } from '../graph/StepRequest.js';
import { kubernetesClient } from '../kubernetes/kubernetesClient.js';
import { describeReadiness, type Readiness, readReadiness } from '../kubernetes/readiness.js';
import { type ChartSource, chartArguments } from './chartSource.js';
import { recoverRelease } from './recoverRelease.js';
import { readStatus } from './releaseStatus.js';
import { type HelmTarget, withHelm } from './runHelm.js';

export interface InstallRequest extends HelmTarget {
  readonly chart: ChartSource;
  readonly values: Readonly<Record<string, Json>>;
  /** How long everything may take to become ready, in seconds; default 600. */
  readonly timeoutSeconds?: number;
  /** The helm that worked on this release before is known to be dead; else it is given a minute. Default false. */
  readonly takeOver?: boolean;
  readonly report?: (progress: StepProgress) => void;
}

export interface InstallResult {
  /** True where there was no release before. */
  readonly installed: boolean;
  readonly revision: number;
  /** Name and version, as helm records it: `flyte-core-v1.16.8`. */
  readonly chart: string;
  /** Wall time spent inside helm. */
  readonly toolSeconds: number;
}

/** How often the API is asked what is not ready while helm waits. */
const pollMs = 2_000;

/**
 * Installs a release or brings it up to date, and waits until its workloads are ready. Safe to repeat: a release that is
 * as it should be is left as it is but for a new revision number; one that a dead helm left pending is recovered first.
 * @throws HGR-403, 404, 405 (with the pods that are not ready and why), 406, 407, 409, 401, 402, 499
 */
export async function installRelease(request: InstallRequest): Promise<InstallResult> {
  const { release, timeoutSeconds = 600 } = request;
  return withHelm(request, async (helm) => {
    const before = await readStatus(request, helm);
    const standing = before !== undefined && (await recoverRelease(request, before, helm, request.takeOver ?? false));
    const values = await helm.writeValues(request.values);
    const watch = watchReadiness(request);
    try {
      await helm.run([
        'upgrade',
        release,
        ...chartArguments(request.chart),
        '--install',
        '--create-namespace',
        // Without it helm takes the last revision's values again where none are given.
        '--reset-values',
        '--values',
        values,
        // Fields that others have changed by hand are taken back: what the file says counts.
        '--server-side=true',
        '--force-conflicts',
        '--wait=watcher',
        '--wait-for-jobs',
        '--timeout',
        `${timeoutSeconds}s`,
        '--history-max',
        '5',
        '--hide-notes',
      ]);
    } catch (error) {
      throw await withReasons(error, request, timeoutSeconds, watch);
    } finally {
      await watch.stop();
    }
    const after = await readStatus(request, helm);
    if (!after) throw new HangarError('HGR-499', `release ${request.namespace}/${release} is gone after its install`);
    return { installed: !standing, revision: after.revision, chart: after.chart, toolSeconds: helm.seconds() };
  });
}

interface ReadinessWatch {
  /** As it stands now; undefined where the API does not tell. */
  read(): Promise<Readiness | undefined>;
  stop(): Promise<void>;
}

/** Reports what is not ready, every two seconds until stopped. */
function watchReadiness({ access, namespace, release, report, signal }: InstallRequest): ReadinessWatch {
  const client = kubernetesClient(access, { timeoutMs: 10_000 });
  const stopping = new AbortController();
  // Helm's own outcome counts, not whether the progress could be read.
  const read = () => readReadiness(client, { namespace, release }).catch(() => undefined);
  const loop = async () => {
    report?.({ phase: 'install' });
    while (!stopping.signal.aborted && !signal?.aborted) {
      await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const readiness = await read();
      if (readiness && !stopping.signal.aborted)
        report?.({
          phase: 'wait',
          done: readiness.ready,
          total: readiness.total,
          ...(readiness.notReady.length > 0 ? { waitingFor: describeReadiness(readiness) } : {}),
        });
    }
  };
  const running = report ? loop() : Promise.resolve();
  return {
    read,
    async stop() {
      stopping.abort();
      await running;
      client.close();
    },
  };
}

/** Adds to a timeout what the API says about the pods. */
async function withReasons(
  error: unknown,
  { namespace, release }: InstallRequest,
  timeoutSeconds: number,
  watch: ReadinessWatch,
): Promise<unknown> {
  if (!(error instanceof HangarError) || error.code !== 'HGR-405') return error;
  const readiness = await watch.read();
  if (!readiness || readiness.notReady.length === 0) return error;
  return new HangarError(
    'HGR-405',
    `release ${namespace}/${release} is not ready after ${timeoutSeconds} s: ${describeReadiness(readiness)}`,
    {
      resource: `release ${namespace}/${release}`,
      next: readiness.notReady[0]?.next ?? error.next,
      problems: readiness.notReady.map(({ object, reason }) => ({ message: `${object}: ${reason}` })),
      cause: error,
    },
  );
}
