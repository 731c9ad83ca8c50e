import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { HangarError } from '../errors/HangarError.js';
import { classify } from './classify.js';
import type { Diagnostic, TerraformEvent } from './events.js';
import { LineReader } from './LineReader.js';
import { parseEvent } from './parseEvent.js';
import { secretValues } from './redact.js';

/**
 * Terraform on a leash. The pipe on standard input is the leash: when the worker closes it (a stop is asked for) or dies
 * (even by SIGKILL), `read` returns and terraform gets its one SIGINT, stops, saves its state and gives up its lock.
 * Output goes to files, not pipes, so that terraform outlives a worker without dying of SIGPIPE in the middle of an apply.
 */
const leash = `
out=$1 err=$2 pidfile=$3; shift 3
exec 3<&0
"$@" >"$out" 2>"$err" </dev/null 3<&- &
child=$!
echo "$child" >"$pidfile"
(read -r _ <&3; kill -INT "$child") 2>/dev/null &
watcher=$!
exec 3<&-
wait "$child"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** How often the output is looked at while terraform runs. */
const pollMs = 100;
/** Error diagnostics kept: the last ones. */
const keptDiagnostics = 50;
const stderrTailBytes = 16 * 1024;
/** A plan in JSON may be large; beyond this something is wrong with it. */
const maxCaptureBytes = 128 * 1024 * 1024;

/** How long a stopped terraform may take to save its state before it is killed, in seconds. */
export const stopPatienceSeconds = 600;

export interface TerraformOptions {
  /** Path or name of the program. */
  readonly program: string;
  /** The workspace: where terraform runs, and where its output files are for as long as it does. */
  readonly directory: string;
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted: stop gently. */
  readonly signal?: AbortSignal;
  /**
   * How long a stopped terraform may take to save its state before it is killed, in seconds; default {@link stopPatienceSeconds}.
   * A second SIGINT is never sent: terraform would abandon its state.
   */
  readonly patienceSeconds?: number;
}

export interface RunOptions {
  /** Exit codes that are no failure; default only 0. */
  readonly okCodes?: readonly number[];
  readonly onEvent?: (event: TerraformEvent) => void;
  /** Keep standard output whole and give it back; for `show -json` and the like. */
  readonly capture?: boolean;
  /** Go on although the signal is aborted: saving a state, giving up a lock. */
  readonly despiteStop?: boolean;
}

export interface TerraformResult {
  readonly exitCode: number;
  /** Only with `capture`. */
  readonly stdout: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The one place that starts the terraform program. */
export class Terraform {
  readonly #options: TerraformOptions;
  #toolSeconds = 0;

  constructor(options: TerraformOptions) {
    this.#options = options;
  }

  /** Wall time spent inside terraform so far, in seconds. */
  get toolSeconds(): number {
    return this.#toolSeconds;
  }

  get directory(): string {
    return this.#options.directory;
  }

  /**
   * Runs terraform once, to its end.
   * @throws HangarError as {@link classify} tells; HGR-312 when it was stopped; HGR-801 when there is no such program
   */
  async run(args: readonly string[], options: RunOptions = {}): Promise<TerraformResult> {
    const { directory, environment } = this.#options;
    const signal = options.despiteStop ? undefined : this.#options.signal;
    if (signal?.aborted) throw new HangarError('HGR-312', `terraform ${args[0]} was stopped before it started`);

    const files = await mkdtemp(join(directory, '.run-'));
    const diagnostics: Diagnostic[] = [];
    const onLine = (line: string) => {
      const event = parseEvent(line);
      if (!event) return;
      if (event.type === 'diagnostic' && event.diagnostic.severity === 'error') {
        diagnostics.push(event.diagnostic);
        if (diagnostics.length > keptDiagnostics) diagnostics.shift();
      }
      options.onEvent?.(event);
    };
    try {
      const started = performance.now();
      const outcome = await this.#spawn(args, files, signal, options.capture ? undefined : onLine);
      this.#toolSeconds += (performance.now() - started) / 1000;

      const stdout = options.capture ? await capture(join(files, 'out')) : '';
      const stopped = signal?.aborted ?? false;
      if ((options.okCodes ?? [0]).includes(outcome.exitCode) && !outcome.killed) {
        return { exitCode: outcome.exitCode, stdout, diagnostics };
      }
      throw classify({
        command: args[0] ?? '',
        exitCode: outcome.exitCode,
        diagnostics,
        stderr: await tail(join(files, 'err'), stderrTailBytes),
        stopped,
        killed: outcome.killed,
        secrets: secretValues(environment),
      });
    } finally {
      await rm(files, { recursive: true, force: true });
    }
  }

  async #spawn(
    args: readonly string[],
    files: string,
    signal: AbortSignal | undefined,
    onLine: ((line: string) => void) | undefined,
  ): Promise<{ exitCode: number; killed: boolean }> {
    const { program, directory, environment, patienceSeconds = stopPatienceSeconds } = this.#options;
    const out = join(files, 'out');
    const child = execa(
      '/bin/sh',
      ['-c', leash, 'terraform', out, join(files, 'err'), join(files, 'pid'), program, ...args],
      {
        cwd: directory,
        env: environment,
        extendEnv: false,
        // A process group of its own: Ctrl-C at the worker's terminal must not reach terraform besides the leash.
        detached: true,
        cleanup: false,
        stdin: 'pipe',
        stdout: 'ignore',
        stderr: 'ignore',
        reject: false,
      },
    );
    child.stdin.on('error', () => {}); // the shell may be gone before the leash is let go
    let killed = false;
    let killTimer: NodeJS.Timeout | undefined;
    const letGo = () => {
      child.stdin.end();
      killTimer = setTimeout(() => {
        killed = true;
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      }, patienceSeconds * 1000);
    };
    signal?.addEventListener('abort', letGo, { once: true });
    if (signal?.aborted) letGo();

    const ended = child.then((result) => ({ result }));
    try {
      const reader = onLine && new LineReader(out);
      let outcome: Awaited<typeof ended> | undefined;
      while (!outcome) {
        outcome = await Promise.race([ended, delay(pollMs, undefined)]);
        if (reader && onLine) await reader.read(onLine);
      }
      if (reader && onLine) await reader.close(onLine);
      return { exitCode: outcome.result.exitCode ?? 1, killed };
    } finally {
      signal?.removeEventListener('abort', letGo);
      clearTimeout(killTimer);
      child.stdin.end();
    }
  }
}

async function capture(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > maxCaptureBytes) {
    throw new HangarError('HGR-901', `terraform wrote ${size} bytes where at most ${maxCaptureBytes} were expected`);
  }
  return readFile(path, 'utf8');
}

async function tail(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(size, bytes));
    await file.read(buffer, 0, buffer.length, Math.max(0, size - bytes));
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
