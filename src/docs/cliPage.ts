import type { Command } from 'commander';
import { Cli } from '../cli/Cli.js';
import { hangarCommand } from '../cli/hangarCommand.js';
import type { Terminal } from '../cli/Terminal.js';
import { generatedNote } from './markdownTable.js';

/** docs/cli.md: what `hangar help` says of every command. */
export function cliPage(): string {
  const program = hangarCommand(new Cli(new Recorder(), {}), []);
  return [
    '# The CLI',
    '',
    generatedNote("the commands' own help, src/cli/commands"),
    '',
    'The CLI starts, watches and describes workflows; the work is done by workers (`hangar worker`). It prints and decides',
    'nothing, so everything it does can be done [without it](temporal.md).',
    '',
    '- With `--json` a command prints one JSON document on standard output and nothing else there. Standard error then has',
    '  JSON lines: `{"note": "…"}` for hints and, last, `{"error": {…}}`. A creation or destruction that fails prints both:',
    '  the final status and the error. Exit codes are the same: [exit-codes.md](exit-codes.md).',
    '- Without a terminal there are no colours, no redrawing and no questions: `create`, `destroy` and `status --watch` append',
    '  a line for each change and one every 30 s for each running step. `NO_COLOR` turns colours off everywhere.',
    '- Ctrl-C while watching detaches: the work goes on, and the command says how to return to it or cancel it.',
    '- `status`, `list`, `outputs`, `kubeconfig` and `destroy` find a deployment by its manifest in the state bucket where',
    '  Temporal knows nothing of it; `--cloud`, `--account` and `--region` say which bucket.',
    '- Settings are environment variables: [settings.md](settings.md).',
    '',
    '```',
    help(program),
    '```',
    '',
    ...program.commands.flatMap((command) => [`## hangar ${command.name()}`, '', '```', help(command), '```', '']),
    '`hangar local up|down|status` runs the local cloud of a checkout: [local-cloud.md](local-cloud.md).',
    '',
  ].join('\n');
}

function help(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 110,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trim();
}

/** Prints nowhere and asks nobody. */
class Recorder implements Terminal {
  readonly drawable = false;
  readonly interactive = false;
  readonly color = false;
  readonly columns = 110;
  readonly rows = 40;
  out(): void {}
  err(): void {}
  async ask(): Promise<string> {
    return '';
  }
}
