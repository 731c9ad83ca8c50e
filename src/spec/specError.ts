import type { ErrorCode } from '../errors/errorCodes.js';
import { HangarError, type Problem } from '../errors/HangarError.js';
import type { SpecProblem } from './guards/Guard.js';
import { formatPath, type SpecPath } from './SpecPath.js';

/** Line and column of a path in the file, counted from 1. */
export type LocatePath = (path: SpecPath) => { line: number; column: number } | undefined;

/**
 * One error for all mistakes of a deployment. With `locate`, of a file: the mistakes are in the file's order with their
 * lines, and the message only counts them; without, the message tells them all, since Temporal shows little else.
 */
export function specError(
  problems: readonly (SpecProblem & { readonly path: SpecPath })[],
  next: string,
  locate?: LocatePath,
): HangarError {
  const located = problems
    .map(({ path, message, suggestion }): Problem => {
      const text = formatPath(path);
      return { message, ...(text ? { path: text } : {}), ...locate?.(path), ...(suggestion ? { suggestion } : {}) };
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const count = located.length === 1 ? 'a mistake' : `${located.length} mistakes`;
  const message = locate
    ? `The deployment file has ${count}`
    : `The deployment has ${count}: ${located.map(sentence).join('; ')}`;
  return new HangarError(commonCode(problems), message, { problems: located, next });
}

function commonCode(problems: readonly SpecProblem[]): ErrorCode {
  const [code, ...others] = new Set(problems.map((problem) => problem.code ?? 'HGR-102'));
  return others.length === 0 && code ? code : 'HGR-102';
}

function sentence({ path, message, suggestion }: Problem): string {
  return `${path ? `${path}: ` : ''}${message}${suggestion ? ` (did you mean ${suggestion}?)` : ''}`;
}
