import { createInterface } from 'node:readline/promises';

/** Where a command prints and whom it may ask. */
export interface Terminal {
  /** Writes to standard output: results. */
  out(text: string): void;
  /** Writes to standard error: errors, and hints that are no result. */
  err(text: string): void;
  /** Whether standard output is a terminal that can be drawn on. */
  readonly drawable: boolean;
  /** Whether somebody can answer: standard input and output are terminals. */
  readonly interactive: boolean;
  /** Whether to use colours. */
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Asks a question and gives the answer. Only where `interactive`. */
  ask(question: string): Promise<string>;
}

/** The terminal this process runs in; without colours when it is none or NO_COLOR is set (https://no-color.org). */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdin, stdout, stderr } = process;
  const drawable = Boolean(stdout.isTTY) && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    drawable,
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
    color: drawable && !env.NO_COLOR,
    get columns() {
      return stdout.columns ?? 120;
    },
    get rows() {
      return stdout.rows ?? 40;
    },
    async ask(question) {
      const prompt = createInterface({ input: stdin, output: stdout });
      try {
        return await prompt.question(question);
      } finally {
        prompt.close();
      }
    },
  };
}
