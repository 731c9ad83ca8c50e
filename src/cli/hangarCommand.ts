import { Command } from 'commander';
import { hangarVersion } from '../settings/hangarVersion.js';
import type { Cli } from './Cli.js';
import { bootstrapCommand } from './commands/bootstrapCommand.js';
import { cancelCommand } from './commands/cancelCommand.js';
import { createCommand } from './commands/createCommand.js';
import { destroyCommand } from './commands/destroyCommand.js';
import { doctorCommand } from './commands/doctorCommand.js';
import { kubeconfigCommand } from './commands/kubeconfigCommand.js';
import { listCommand } from './commands/listCommand.js';
import { outputsCommand } from './commands/outputsCommand.js';
import { planCommand } from './commands/planCommand.js';
import { statusCommand } from './commands/statusCommand.js';
import { validateCommand } from './commands/validateCommand.js';
import { workerCommand } from './commands/workerCommand.js';

/** In the order of the help. */
const commands = [
  validateCommand,
  planCommand,
  createCommand,
  statusCommand,
  listCommand,
  outputsCommand,
  kubeconfigCommand,
  cancelCommand,
  destroyCommand,
  doctorCommand,
  bootstrapCommand,
  workerCommand,
];

/** The program `hangar` with all its commands; nothing in it ends the process or writes past `cli`. */
export function hangarCommand(cli: Cli, extraCommands: readonly Command[]): Command {
  const program = new Command('hangar')
    .description('Flyte clusters, created and destroyed as durable Temporal workflows.')
    .version(hangarVersion(), '-V, --version')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput({
      writeOut: (text) => cli.terminal.out(text),
      writeErr: (text) => cli.terminal.out(text),
      // main prints every error itself.
      outputError: () => {},
      getOutHelpWidth: () => Math.min(cli.terminal.columns, 120),
      getOutHasColors: () => cli.terminal.color,
    })
    .configureHelp({ showGlobalOptions: false })
    .exitOverride()
    .addHelpText('after', '\nSettings are environment variables: docs/settings.md. Exit codes: docs/exit-codes.md.');
  for (const make of commands) addCommand(program, make(cli));
  for (const extra of extraCommands) addCommand(program, extra);
  return program;
}

function addCommand(parent: Command, command: Command): void {
  parent.addCommand(command);
  inheritSettings(parent, command);
}

function inheritSettings(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritSettings(command, child);
}
