import { errorCodes } from '../errors/errorCodes.js';
import { generatedNote, markdownTable } from './markdownTable.js';

const groups: Record<string, string> = {
  1: 'The file and the command line',
  2: 'The world, before work starts',
  3: 'Terraform',
  4: 'Kubernetes and Helm',
  5: 'Flyte',
  6: 'Temporal and the client',
  7: 'State',
  8: 'Tools and the local cloud',
  9: 'Hangar itself',
};

/** docs/errors.md */
export function errorsPage(): string {
  const codes = Object.entries(errorCodes);
  const sections = Object.entries(groups).flatMap(([digit, title]) => {
    const rows = codes
      .filter(([code]) => code.startsWith(`HGR-${digit}`))
      .map(([code, { title, retryable, exit }]) => [code, title, retryable ? 'yes' : 'no', String(exit)]);
    return [`## ${digit}xx: ${title}`, '', markdownTable(['code', 'meaning', 'retried', 'exit code'], rows), ''];
  });
  return [
    '# Errors',
    '',
    generatedNote('src/errors/errorCodes.ts'),
    '',
    'Every error of Hangar has a stable code, says what happened and to which step and resource, and what you do next.',
    'A code keeps its meaning for ever. *Retried*: the same attempt may succeed a little later, so the workflow tries again',
    'by itself before it gives up. *Exit code*: what a command ends with; see [exit-codes.md](exit-codes.md).',
    '',
    'In Temporal an error is an ApplicationFailure whose type is the code and whose first detail is the error as JSON;',
    'with `--json` the CLI prints the line `{"error": {"code", "message", "step", "resource", "next", "problems"}}` on standard error.',
    'No error carries a secret.',
    '',
    ...sections,
  ].join('\n');
}
