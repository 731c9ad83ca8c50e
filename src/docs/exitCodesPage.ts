import { errorCodes, exitCodes } from '../errors/errorCodes.js';
import { generatedNote, markdownTable } from './markdownTable.js';

const meanings: Record<keyof typeof exitCodes, string> = {
  ok: 'The command did what it says.',
  internal: 'A defect in Hangar, or state that it cannot read.',
  usage: 'The command line, a setting or the deployment file is wrong. Nothing was touched.',
  precondition:
    'The file is right but the world is not ready: credentials, account, a taken name, a missing tool. Nothing was made.',
  temporal: 'Temporal cannot be reached, or no worker polls the task queue.',
  failedClean: 'The work failed, and what it had made is gone again (unless `onFailure: keep` asked to keep it).',
  failedLeftovers: 'The work failed and something is still there; it is listed.',
  notFound: 'There is no deployment of that name.',
  cancelled: 'The work was cancelled, or you did not confirm.',
  detached: 'You pressed Ctrl-C while watching. The work goes on; the command said how to return to it or cancel it.',
};

/** docs/exit-codes.md */
export function exitCodesPage(): string {
  const rows = Object.entries(exitCodes).map(([name, exit]) => {
    const codes = Object.entries(errorCodes).filter(([, entry]) => entry.exit === exit);
    return [String(exit), meanings[name as keyof typeof exitCodes], codes.map(([code]) => code).join(' ')];
  });
  return [
    '# Exit codes',
    '',
    generatedNote('src/errors/errorCodes.ts and src/docs/exitCodesPage.ts'),
    '',
    'The same for every command, with and without `--json`. The codes of the last column are described in',
    '[errors.md](errors.md).',
    '',
    markdownTable(['exit code', 'meaning', 'errors that end so'], rows),
    '',
    'A watched command that is killed by another signal ends as the shell has it (128 + the number of the signal); the work',
    'goes on, since it runs on the worker.',
    '',
  ].join('\n');
}
