import type { z } from 'zod';
import { type DeploymentSpec, deploymentSpec } from './DeploymentSpec.js';
import { describeIssue, type SourceText } from './describeIssue.js';
import type { Given, SpecProblem } from './guards/Guard.js';
import { guards } from './guards/guards.js';
import { parsePath, type SpecPath, valueAt, withoutPath } from './SpecPath.js';

/** A deployment, or everything that is wrong with what was given. */
export type CheckedSpec =
  | { readonly spec: DeploymentSpec; readonly problems?: undefined }
  | { readonly problems: readonly (SpecProblem & { readonly path: SpecPath })[] };

/** Stand in for required keys that are wrong, only so that the guards can look at the rest. */
const placeholders = { version: 1, name: 'name', cloud: 'aws', region: 'us-east-1', account: '000000000000' };

/**
 * Checks parsed data against the schema and the guards and finds all mistakes in one go: the guards run even where the
 * schema found mistakes, on what is left when those are taken out. Pure and deterministic; evaluates no code.
 */
export function checkSpec(input: unknown, sourceText: SourceText = () => undefined): CheckedSpec {
  const parsed = parse(input);
  if (parsed.success) {
    const problems = runGuards(parsed.data, input);
    return problems.length > 0 ? { problems } : { spec: parsed.data };
  }
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, input, sourceText)).map(withPath);
  const rest = takeOutMistakes(input, parsed.error.issues);
  if (!rest) return { problems };
  const isBroken = ({ path }: { path: SpecPath }) => rest.removed.some((broken) => startsWith(path, broken));
  return { problems: [...problems, ...runGuards(rest.spec, input).filter((problem) => !isBroken(problem))] };
}

/** Without zod's compiled fast path, which a workflow's sandbox must not run. */
function parse(input: unknown) {
  return deploymentSpec.safeParse(input, { jitless: true });
}

function runGuards(spec: DeploymentSpec, input: unknown) {
  const given: Given = (path) => valueAt(input, parsePath(path)) !== undefined;
  return guards.flatMap((guard) => guard(spec, given)).map(withPath);
}

function withPath(problem: SpecProblem): SpecProblem & { path: SpecPath } {
  return { ...problem, path: typeof problem.path === 'string' ? parsePath(problem.path) : problem.path };
}

/** Takes wrong values out until the schema accepts the rest; undefined where nothing sensible is left. */
function takeOutMistakes(input: unknown, issues: readonly z.core.$ZodIssue[]) {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return undefined;
  const removed: SpecPath[] = [];
  let rest: unknown = input;
  let left = issues;
  // Each round takes out at least one level; the schema is less than ten levels deep.
  for (let round = 0; round < 10; round++) {
    for (const path of left.flatMap((issue) => toTakeOut(issue, rest))) {
      removed.push(path);
      rest = withoutPath(rest, path);
    }
    const parsed = parse({ ...placeholders, ...(rest as object) });
    if (parsed.success) {
      for (const key of Object.keys(placeholders)) if (valueAt(rest, [key]) === undefined) removed.push([key]);
      // What a region or an account looks like depends on the cloud.
      if (removed.some((path) => path[0] === 'cloud')) removed.push(['region'], ['account']);
      return { spec: parsed.data, removed };
    }
    left = parsed.error.issues;
  }
  return undefined;
}

function toTakeOut(issue: z.core.$ZodIssue, rest: unknown): SpecPath[] {
  const path = issue.path as SpecPath;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  // A missing key makes its mapping useless; a wrong entry its list, whose other indices would shift.
  const missing = valueAt(rest, path) === undefined && path.length > 1;
  const target = missing ? path.slice(0, -1) : path;
  const index = target.findIndex((part) => typeof part === 'number');
  return [index >= 0 ? target.slice(0, index) : target];
}

function startsWith(path: SpecPath, start: SpecPath): boolean {
  return start.every((part, index) => path[index] === part);
}
