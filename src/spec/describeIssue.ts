import type { z } from 'zod';
import type { SpecProblem } from './guards/Guard.js';
import { nearestWord } from './nearestWord.js';
import { type SpecPath, valueAt } from './SpecPath.js';
import { schemaKeys } from './schemaKeys.js';

/** The text of a scalar as it stands in the file, where there is a file: `012345678901`. */
export type SourceText = (path: SpecPath) => string | undefined;

/** One of the schema's issues in words that a person understands, with the word that was most likely meant. */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown, sourceText: SourceText): SpecProblem[] {
  const path = issue.path as SpecPath;
  const value = valueAt(input, path);
  if (path.length === 0 && (value === undefined || value === null)) {
    return [{ path, message: 'describes nothing; it needs version, name, cloud, region and account' }];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_type':
      return [{ path, message: wrongType(issue.expected, value, sourceText(path)) }];
    case 'invalid_value':
      return [{ path, ...wrongValue(issue.values.map(String), value) }];
    case 'too_small':
      return [{ path, message: `must ${size(issue.origin, 'at least', Number(issue.minimum))}` }];
    case 'too_big':
      // A limit of nothing has a reason of its own, which the schema gives.
      if (issue.maximum === 0) return [{ path, message: issue.message }];
      return [{ path, message: `must ${size(issue.origin, 'at most', Number(issue.maximum))}` }];
    case 'invalid_key':
      return issue.issues.flatMap((inner) => {
        const limit = inner.code === 'too_big' ? Number(inner.maximum) : undefined;
        return [
          { path, message: limit ? `the key must have at most ${limit} characters` : 'the key must not be empty' },
        ];
      });
    case 'invalid_union':
      return [{ path, message: 'must be plain data: text, numbers, true or false, lists and mappings' }];
    default:
      // Formats carry their own words in the schema.
      return [{ path, message: value === '' ? 'must not be empty' : withValue(issue.message, value) }];
  }
}

function unknownKey(path: SpecPath, key: string): SpecProblem {
  const known = schemaKeys(path);
  const suggestion = nearestWord(key, known);
  const message = suggestion ? 'is not a known key' : `is not a known key; known here: ${known.join(', ')}`;
  return { path: [...path, key], message, suggestion };
}

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function wrongType(expected: string, value: unknown, source: string | undefined): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'has no value; give it one or remove the key';
  const wanted = typeNames[expected] ?? expected;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `must be text: write it in quotes, "${source ?? value}"`;
  }
  return `must be ${wanted}, not ${describeValue(value)}`;
}

function wrongValue(values: string[], value: unknown): { message: string; suggestion?: string } {
  if (value === undefined) return { message: `is missing; it must be ${oneOf(values)}` };
  if (value === null) return { message: `has no value; it must be ${oneOf(values)}` };
  return {
    message: `must be ${oneOf(values)}, not ${describeValue(value)}`,
    suggestion: typeof value === 'string' ? nearestWord(value, values) : undefined,
  };
}

function oneOf(values: string[]): string {
  return values.length === 1 ? values[0]! : `one of ${values.join(', ')}`;
}

function size(origin: string, bound: 'at least' | 'at most', limit: number): string {
  if (origin === 'string')
    return limit === 1 && bound === 'at least' ? 'not be empty' : `have ${bound} ${limit} characters`;
  if (origin === 'array') return `have ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `be ${bound} ${limit}`;
}

function withValue(message: string, value: unknown): string {
  return typeof value === 'string' ? `${message}, not ${describeValue(value)}` : message;
}

/** Short, and on one line: the value may be anything. */
function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return String(value);
  const line = value.replace(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 39)}…` : line}"`;
}
