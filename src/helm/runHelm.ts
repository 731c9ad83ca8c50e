import { execa } from 'execa';
import { HangarError } from '../errors/HangarError.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import type { Settings } from '../settings/Settings.js';
import { classifyHelmError } from './classifyHelmError.js';
import { type HelmWorkspace, makeHelmWorkspace } from './helmWorkspace.js';

/** Where helm runs and for which release. */
export interface HelmTarget {
  readonly settings: Pick<Settings, 'helm' | 'home'>;
  readonly access: ClusterAccess;
  readonly namespace: string;
  readonly release: string;
  /** Key of the deployment file under which a person gives this chart's values, to name a wrong one; absent where none does. */
  readonly valuesKey?: string;
  /** Stops helm when aborted: one SIGINT, on which helm records the release as failed, then patience. */
  readonly signal?: AbortSignal;
}

/** Helm, ready to run on one cluster. */
export interface Helm {
  /** Runs helm once and gives what it printed. @throws a HangarError from {@link classifyHelmError}, HGR-409, HGR-801 */
  run(args: readonly string[]): Promise<string>;
  /** Writes values to a private file that goes with the workspace; gives its path. */
  writeValues(values: object): Promise<string>;
  /** Wall time spent inside helm so far. */
  seconds(): number;
}

/** How long helm may take to end after its SIGINT before it is killed. */
const patienceMs = 30_000;

/** Runs `work` with a helm in a workspace of its own, which is removed afterwards whatever happens. */
export async function withHelm<T>(target: HelmTarget, work: (helm: Helm) => Promise<T>): Promise<T> {
  const workspace = await makeHelmWorkspace(target.settings.home, target.access);
  let seconds = 0;
  try {
    return await work({
      async run(args) {
        const started = performance.now();
        try {
          return await runHelm(target, workspace, args);
        } finally {
          seconds += (performance.now() - started) / 1000;
        }
      },
      writeValues: workspace.writeValues,
      seconds: () => seconds,
    });
  } finally {
    await workspace.remove();
  }
}

async function runHelm(target: HelmTarget, workspace: HelmWorkspace, args: readonly string[]): Promise<string> {
  if (target.signal?.aborted) throw stopped(target);
  const result = await execa(target.settings.helm, [...args, '--namespace', target.namespace], {
    env: workspace.environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    // A process group of its own: Ctrl-C in the worker's terminal must not become a second SIGINT.
    detached: true,
    cancelSignal: target.signal,
    killSignal: 'SIGINT',
    forceKillAfterDelay: patienceMs,
  });
  if (result.isCanceled) throw stopped(target);
  if (!result.failed) return result.stdout;
  if (result.code === 'ENOENT')
    throw new HangarError('HGR-801', `there is no program ${target.settings.helm}`, {
      resource: 'helm',
      next: 'Install helm 4, or set HANGAR_HELM to where it is.',
    });
  throw classifyHelmError(result.stderr || (result.shortMessage ?? ''), target);
}

const stopped = ({ namespace, release }: HelmTarget) =>
  new HangarError('HGR-409', `helm was stopped while it worked on release ${namespace}/${release}`, {
    resource: `release ${namespace}/${release}`,
    next: 'Start the work again: what helm left half done is put right.',
  });
