import type { Settings } from '../settings/Settings.js';
import { makeStyle, type Style } from './render/Style.js';
import type { Terminal } from './Terminal.js';

/** What every command gets: where to print, the settings, and how the process will end. */
export class Cli {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  readonly style: Style;
  /** Whether everything printed is JSON. */
  readonly json: boolean;
  /** What the process ends with when the command throws nothing. */
  exitCode = 0;
  /** The deployment file at hand, for places in error messages. */
  file: string | undefined;

  constructor(terminal: Terminal, env: NodeJS.ProcessEnv, json = false) {
    this.terminal = terminal;
    this.env = env;
    this.json = json;
    this.style = makeStyle(terminal.color);
  }

  /**
   * The settings from the environment.
   * @throws HangarError HGR-902
   */
  async settings(): Promise<Settings> {
    const { readSettings } = await import('../settings/readSettings.js');
    return readSettings(this.env);
  }

  /** Prints lines as a result. */
  print(lines: readonly string[]): void {
    for (const line of lines) this.terminal.out(`${line}\n`);
  }

  /** Prints the one JSON document that is the result under `--json`. */
  printJson(value: unknown): void {
    this.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Prints a hint that is no part of the result, on standard error; with `--json` as a line `{"note": …}`. */
  hint(text: string): void {
    this.terminal.err(`${this.json ? JSON.stringify({ note: text }) : text}\n`);
  }
}
