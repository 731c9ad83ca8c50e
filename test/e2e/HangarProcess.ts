import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../local/packageRoot.js';
import { until } from '../support/workflowBed.js';

const program = join(packageRoot, 'bin/hangar.mjs');

/** The built product, run as its users run it: in processes of its own, with nothing but a local cloud's settings. */
export class HangarProcess {
  readonly env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>>) {
    this.env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
  }

  async run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [program, ...args], {
      env: this.env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    return { code: exitCode ?? 1, stdout, stderr };
  }

  async json<T>(...args: string[]): Promise<T> {
    const { stdout, stderr, code } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`hangar ${args.join(' ')} ended with ${code}: ${stderr} ${stdout}`);
    return JSON.parse(stdout) as T;
  }

  /** Starts `hangar worker`, its output going to a new file, and waits until it polls. */
  async worker(log: string): Promise<ChildProcess> {
    const out = openSync(log, 'w');
    const child = spawn(process.execPath, [program, 'worker'], { env: this.env, stdio: ['ignore', out, out] });
    await until(() => /^Worker ready/m.test(readFileSync(log, 'utf8')));
    return child;
  }
}

/** Ends a process and waits until it has ended. */
export async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
