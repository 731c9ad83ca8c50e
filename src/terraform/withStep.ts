import { setTimeout as delay } from 'node:timers/promises';
import { HangarError } from '../errors/HangarError.js';
import { deadWorkspaces, sweepDeadWorkspaces } from './deadWorkspaces.js';
import { forceUnlock } from './forceUnlock.js';
import { type LeaseRecord, type LeaseTimes, StepLease } from './StepLease.js';
import { type RootKind, StepRun, type StepRunOptions, stepLabel } from './StepRun.js';
import { readLock, tookLock } from './stateLock.js';
import { stopPatienceSeconds } from './Terraform.js';
import { saveEarlierStates, saveErroredState } from './unsavedState.js';

/** Objects that Hangar keeps beside a step's state while it works on it. */
export function besideState(stateKey: string): { lease: string; unsaved: string } {
  const base = stateKey.replace(/\.tfstate$/, '');
  return { lease: `${base}.lease.json`, unsaved: `${base}.unsaved.tfstate` };
}

/** How patient a step is; only tests change it. */
export interface StepPatience {
  readonly leaseTimes?: LeaseTimes;
  /** Waits between tries to save a state, in seconds. */
  readonly saveWaits?: readonly number[];
}

/**
 * Does `work` on a step's state as the only one to do so, after putting right what earlier attempts have left: a terraform
 * still at work is waited for, the lock of a dead one is broken, a state that was not saved is saved.
 * When `work` fails, its own lock and state are put right the same way before the error goes on.
 * @throws HGR-302 when another attempt works on the step, or when somebody else's lock is on the state
 */
export async function withStep<T>(
  options: StepRunOptions & StepPatience,
  kind: RootKind,
  work: (run: StepRun) => Promise<T>,
): Promise<T> {
  const { cloud, settings, request, report } = options;
  const backend = cloud.backend(request.spec, request.step);
  const store = cloud.stateStore(request.spec);
  const keys = besideState(backend.stateKey);
  const label = stepLabel(request);

  await sweepDeadWorkspaces(settings.home);
  const lease: StepLease = await StepLease.acquire({
    store,
    key: keys.lease,
    times: options.leaseTimes,
    signal: options.signal,
    onWait: (waitingFor) => report({ phase: 'wait', waitingFor }),
    currentLock: async () => {
      const lock = await readLock(store, backend);
      return lock && tookLock(lease.record, lock) ? lock.ID : undefined;
    },
  });
  const signal = AbortSignal.any([options.signal, lease.lost]);
  // Whoever held the lease before, or this activity before this attempt, has no terraform running any more.
  const unlock = async (run: StepRun, holder: LeaseRecord | undefined) => {
    const lock = await readLock(store, backend);
    if (lock && (lock.ID === options.lastProgress?.lockId || (holder && tookLock(holder, lock)))) {
      await forceUnlock(run.terraform, lock.ID);
    }
  };
  try {
    await waitForTerraform(settings.home, label, options);
    const run = await StepRun.open(
      { ...options, signal, report: (progress) => report({ ...progress, lockId: lease.lockId }) },
      kind,
    );
    let removable = true;
    try {
      if (lease.previous || options.lastProgress?.lockId) await unlock(run, lease.previous);
      run.notes.push(...(await saveEarlierStates(run, store, keys.unsaved, { home: settings.home, label })));
      return await work(run);
    } catch (error) {
      // A killed or crashed terraform leaves its lock. None is running here any more.
      await unlock(run, lease.record).catch(() => {});
      removable = await saveErroredState(run, store, keys.unsaved, options.saveWaits);
      throw error;
    } finally {
      await (removable ? run.close() : run.workspace.abandon());
    }
  } catch (error) {
    if (lease.lost.aborted && !options.signal.aborted) {
      throw new HangarError('HGR-302', 'this run lost its lease on the step and stopped its terraform', {
        next: 'Nothing to do: the next attempt goes on from the state.',
        cause: error,
      });
    }
    throw error;
  } finally {
    // A lease that cannot be given up expires.
    await lease.release().catch(() => {});
  }
}

const pollMs = 500;

/** Waits for what a dead worker of this machine has left running: its leash has told it to stop. Kills it when it does not. */
async function waitForTerraform(home: string, label: string, { signal, report }: StepRunOptions): Promise<void> {
  const started = performance.now();
  for (;;) {
    const [running] = (await deadWorkspaces(home, label)).flatMap(({ terraform }) => terraform ?? []);
    if (running === undefined) return;
    if (performance.now() - started > stopPatienceSeconds * 1000) process.kill(running, 'SIGKILL');
    report({ phase: 'wait', waitingFor: `terraform of an earlier attempt (process ${running}) to stop` });
    await delay(pollMs, undefined, { signal });
  }
}
