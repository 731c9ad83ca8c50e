import { type Command, CommanderError } from 'commander';
import { HangarError } from '../errors/HangarError.js';
import { Cli } from './Cli.js';
import { hangarCommand } from './hangarCommand.js';
import { renderError } from './render/renderError.js';
import { processTerminal, type Terminal } from './Terminal.js';

/** What a caller may replace or add; defaults are those of the process. */
export interface MainOptions {
  /** Commands from outside the product, as `hangar local`. */
  readonly extraCommands?: readonly Command[];
  readonly terminal?: Terminal;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs the CLI. Errors are printed, never thrown: as text, or with `--json` as a line `{"error": …}`, on
 * standard error.
 * @param argv arguments without the program's own name
 * @returns the exit code, see docs/exit-codes.md
 */
export async function main(argv: readonly string[], options: MainOptions = {}): Promise<number> {
  const json = argv.includes('--json');
  const cli = new Cli(options.terminal ?? processTerminal(), options.env ?? process.env, json);
  const program = hangarCommand(cli, options.extraCommands ?? []);
  try {
    await program.parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' });
    return cli.exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error = asHangarError(thrown);
    if (cli.env.HANGAR_DEBUG) cli.terminal.err(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
    if (json) cli.terminal.err(`${JSON.stringify({ error: error.toJSON() })}\n`);
    else for (const line of renderError(error.toJSON(), cli.style, cli.file)) cli.terminal.err(`${line}\n`);
    return error.exitCode;
  }
}

function asHangarError(thrown: unknown): HangarError {
  if (thrown instanceof HangarError) return thrown;
  if (thrown instanceof CommanderError) {
    // Commander's words begin with `error: ` and may hold a suggestion on a second line.
    const message = thrown.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    return new HangarError('HGR-106', message, { next: 'See `hangar help`, or `hangar help COMMAND`.', cause: thrown });
  }
  return new HangarError('HGR-901', thrown instanceof Error ? thrown.message : String(thrown), {
    next: 'Report it with the command you ran; HANGAR_DEBUG=1 shows where it happened.',
    cause: thrown,
  });
}
