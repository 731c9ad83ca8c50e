import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HangarError } from '../../src/errors/HangarError.js';
import { packageRoot } from '../packageRoot.js';
import { type ProcessRecord, removeRecord, writeRecord } from './processRecords.js';
import { processStartTime } from './processStartTime.js';
import { stopProcess } from './stopProcess.js';

/** A program to run under supervision. */
export interface Program {
  /** Unique in its local cloud; also names its log and its record. A `/` groups: `research/etcd`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the little environment that programs get: PATH, and a home and temporary folder inside the local cloud's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked again and again until it says true. Throwing means: not yet. */
  readonly ready?: () => Promise<boolean>;
  /** How long it may take to get ready; default one minute. */
  readonly readyWithinMs?: number;
  /** How long it may take to end by itself when it is stopped; default five seconds. */
  readonly graceMs?: number;
}

/** A program under supervision that was ready. */
export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** Whether it still runs. */
  running(): boolean;
  stop(): Promise<void>;
}

const guardName = 'guard';

/**
 * Runs the programs of one local cloud. Each has a log in `<dir>/logs` and a record in `<dir>/processes`; none survives
 * this process: a guard process ends them when this one goes away without having done so.
 */
export class Supervisor {
  readonly dir: string;
  readonly #started: ProcessRecord[] = [];
  #guard: ChildProcess | undefined;
  #stopping = false;

  constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * Starts a program and waits until it is ready.
   * @throws HGR-804 with the end of its log when it ends or is not ready in time; it then runs no more
   */
  async start(program: Program): Promise<RunningProgram> {
    if (this.#stopping)
      throw new HangarError('HGR-804', `${program.name} was not started: the local cloud is stopping`);
    this.#startGuard();
    const log = join(this.dir, 'logs', `${program.name}.log`);
    const { child, record } = this.#spawn(program, log);
    let ended: string | undefined;
    child.once('exit', (code, signal) => {
      ended = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      removeRecord(this.dir, record);
    });
    let spawnError: Error | undefined;
    child.once('error', (error) => {
      spawnError = error;
    });
    await sleep(0);
    if (child.pid === undefined) {
      throw new HangarError('HGR-804', `${program.name} cannot be run: ${spawnError?.message ?? program.command}`);
    }
    const stop = () => stopProcess(this.dir, record);
    const deadline = Date.now() + (program.readyWithinMs ?? 60_000);
    while (program.ready && !(await program.ready().catch(() => false))) {
      if (ended === undefined && Date.now() < deadline) {
        await sleep(50);
        continue;
      }
      const why = ended ?? `was not ready within ${Math.round((program.readyWithinMs ?? 60_000) / 1000)} s`;
      await stop();
      throw new HangarError('HGR-804', `${program.name} ${why}: ${lastLines(log)}`, {
        resource: program.name,
        next: `Read ${log}`,
      });
    }
    return { name: program.name, pid: child.pid, log, running: () => ended === undefined, stop };
  }

  /** Ends every program and the guard. Nothing can be started after it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#started.map((record) => stopProcess(this.dir, record)));
    const guard = this.#guard;
    if (!guard || guard.exitCode !== null) return;
    const ended = new Promise((resolve) => guard.once('exit', resolve));
    guard.ref();
    guard.stdin?.end();
    await ended;
  }

  #spawn(program: Program, log: string): { child: ChildProcess; record: ProcessRecord } {
    mkdirSync(dirname(log), { recursive: true });
    const output = openSync(log, 'a');
    const child = spawn(program.command, program.args, {
      cwd: this.dir,
      env: { ...baseEnvironment(this.dir), ...program.env },
      stdio: ['ignore', output, output],
      // A group of its own: Ctrl-C in a terminal reaches only the starter, which ends the programs in order.
      detached: true,
    });
    const record = recordOf(program.name, child, program.command, log, program.graceMs);
    if (child.pid !== undefined) {
      writeRecord(this.dir, record);
      this.#guard?.stdin?.write(`${JSON.stringify(record)}\n`);
      this.#started.push(record);
    }
    closeSync(output);
    child.unref();
    return { child, record };
  }

  /** The guard reads from a pipe whose other end only this process holds: the end of this process is the end of the pipe. */
  #startGuard(): void {
    if (this.#guard) return;
    mkdirSync(join(this.dir, 'logs'), { recursive: true });
    const log = join(this.dir, 'logs', `${guardName}.log`);
    const output = openSync(log, 'a');
    const script = join(packageRoot, 'dist/local/processes/guard.js');
    const guard = spawn(process.execPath, [script, this.dir], {
      stdio: ['pipe', output, output],
      detached: true,
      cwd: this.dir,
      env: baseEnvironment(this.dir),
    });
    closeSync(output);
    this.#guard = guard;
    const record = recordOf(guardName, guard, script, log);
    if (guard.pid !== undefined) writeRecord(this.dir, record);
    guard.once('exit', () => removeRecord(this.dir, record));
    // A guard that was killed guards no more; writing to it must not end the supervisor too.
    guard.stdin?.on('error', () => undefined);
    guard.unref();
    // A pipe keeps Node running until it is unref'd too.
    (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
}

function recordOf(
  name: string,
  { pid = 0 }: ChildProcess,
  command: string,
  log: string,
  graceMs = 5_000,
): ProcessRecord {
  return { name, pid, startTime: processStartTime(pid) ?? '', command, log, graceMs };
}

/** Programs get a home inside the local cloud's folder: none reads a person's configuration or leaves a file elsewhere. */
function baseEnvironment(dir: string): Record<string, string> {
  const home = join(dir, 'home');
  const tmp = join(dir, 'tmp');
  mkdirSync(home, { recursive: true });
  mkdirSync(tmp, { recursive: true });
  return { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: tmp, LANG: 'C.UTF-8' };
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-5).join(' | ') || 'its log is empty';
  } catch {
    return 'it has no log';
  }
}
