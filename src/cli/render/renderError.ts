import type { HangarErrorJson, Problem } from '../../errors/HangarError.js';
import type { Style } from './Style.js';

/**
 * An error as a person reads it: code and message, where, every problem with its place, and what to do next.
 * @param file the deployment file that the problems are in
 */
export function renderError(error: HangarErrorJson, style: Style, file?: string): string[] {
  const where = [error.step ? `step ${error.step}` : '', error.resource ?? ''].filter((part) => part !== '');
  return [
    `${style.red('error')} ${style.bold(error.code)} ${error.message}`,
    ...(where.length > 0 ? [`  at ${where.join(', ')}`] : []),
    ...(error.problems ?? []).map((problem) => `  ${problemLine(problem, style, file)}`),
    ...(error.next ? [`  ${style.cyan('next')} ${error.next}`] : []),
  ];
}

function problemLine(
  { message, path, line, column, suggestion }: Problem,
  style: Style,
  file: string | undefined,
): string {
  const place = line === undefined ? '' : [file, line, column].filter((part) => part !== undefined).join(':');
  const hint = suggestion ? ` ${style.green(`(did you mean ${suggestion}?)`)}` : '';
  return `${place ? `${style.dim(place)}  ` : ''}${path ? `${style.bold(path)}: ` : ''}${message}${hint}`;
}
