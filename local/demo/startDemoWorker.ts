import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../../src/errors/HangarError.js';
import type { LocalCloud } from '../cloud/startLocalCloud.js';
import { packageRoot } from '../packageRoot.js';

export interface DemoWorker {
  readonly pid: number;
  /** Reads the highest resident memory the process has had so far; the figure is gone once it ends. */
  sampleMemory(): void;
  peakMemoryMb(): number;
  /** Lets it run on when this process ends. */
  letGo(): void;
  stop(): Promise<void>;
  /** Ends it at once, for when nothing is worth keeping. */
  kill(): void;
}

/**
 * Starts `hangar worker` beside the local cloud and waits until it says that it polls.
 * @throws HGR-804 with the end of its log when it ends or does not get there in a minute
 */
export async function startDemoWorker(cloud: LocalCloud): Promise<DemoWorker> {
  const log = path.join(cloud.dir, 'logs/worker.log');
  // Anew: an earlier demo's log would say that this worker is ready.
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [path.join(packageRoot, 'bin/hangar.mjs'), 'worker'], {
    env: { ...process.env, ...cloud.env, NO_COLOR: '1' },
    stdio: ['ignore', out, out],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const deadline = Date.now() + 60_000;
  while (!/^Worker ready/m.test(readFileSync(log, 'utf8'))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM');
      const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
      throw new HangarError('HGR-804', `the worker did not start: ${tail}`, { next: `Read ${log}.` });
    }
    await sleep(100);
  }
  let peakKb = 0;
  return {
    pid: child.pid!,
    sampleMemory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    },
    peakMemoryMb: () => Math.round(peakKb / 1024),
    kill: () => child.kill('SIGKILL'),
    letGo: () => child.unref(),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
