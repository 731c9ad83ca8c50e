import type { ErrorCode } from '../errors/errorCodes.js';
import { HangarError, type Problem } from '../errors/HangarError.js';

interface Release {
  readonly namespace: string;
  readonly release: string;
  readonly valuesKey?: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly next: string;
}

/** In order: the first that matches decides. Patterns are words of helm 4.1 and of client-go as helm passes them on. */
const rules: readonly Rule[] = [
  {
    pattern:
      /provide credentials|Unauthorized|cannot (get|list|create|update|patch|delete|watch) resource|is forbidden: User/,
    code: 'HGR-402',
    next: 'Give the principal that the worker runs as administrator access to the cluster.',
  },
  {
    pattern:
      /cluster unreachable|Get "https:[^"]*\/(version|api)|TLS handshake timeout|http2: client connection lost|etcdserver:/,
    code: 'HGR-401',
    next: 'Check that the cluster is active and that the worker can reach its endpoint.',
  },
  {
    pattern: /has been cancelled|context canceled/,
    code: 'HGR-409',
    next: 'Start the work again: what helm left half done is put right.',
  },
  {
    pattern: /another operation \(install\/upgrade\/rollback\) is in progress/,
    code: 'HGR-406',
    next: 'Wait until the other helm has ended; the step is tried again.',
  },
  {
    pattern: /context deadline exceeded|timed out waiting|not ready\. status:/,
    code: 'HGR-405',
    next: 'Look at the pods named here; the step is tried again.',
  },
  {
    pattern:
      /path "[^"]*" not found|not a valid chart repository|chart "[^"]*"( version "[^"]*")? not found|non-absolute URLs|FetchReference|failed to (fetch|download|resolve)|Chart\.yaml file is missing|no chart version found|invalid_reference|(validation|unmarshal).*chart metadata|missing in charts\/ directory/i,
    code: 'HGR-403',
    next: "Check the chart's address and version (flyte.chart, flyte.version) and that the worker reaches it.",
  },
  {
    pattern:
      /don't meet the specifications of the schema|execution error at|nil pointer evaluating|executing "|parse error at|YAML parse error|error calling |failed to parse [^:]*values|cannot unmarshal|wrong type for value|can't evaluate field/,
    code: 'HGR-404',
    next: 'Correct the value named here and run again.',
  },
  {
    pattern:
      /is invalid:|unable to build kubernetes objects|no matches for kind|failed to create typed patch object|exists and cannot be imported|admission webhook|strict decoding error|exceeded quota|conflicts? with|release name is invalid|Apply failed/,
    code: 'HGR-407',
    next: 'Correct what the API names here; nothing else of the release was changed by it.',
  },
];

/**
 * Gives helm's error output a code: HGR-401, 402, 403, 404 (with one problem a value), 405, 406, 407, 409, else 499.
 * Warnings and the announcement of an install are left out of the message.
 */
export function classifyHelmError(stderr: string, { namespace, release, valuesKey }: Release): HangarError {
  const text = stderr
    .split('\n')
    .filter((line) => !/^level=|^Release "[^"]*" does not exist/.test(line))
    .join('\n')
    .replace(/^Error: (?:(?:UPGRADE|INSTALLATION) FAILED: )?/gm, '')
    .trim();
  const rule = rules.find(({ pattern }) => pattern.test(text));
  const problems = rule?.code === 'HGR-404' ? valueProblems(text, valuesKey) : [];
  return new HangarError(rule?.code ?? 'HGR-499', `helm, release ${namespace}/${release}: ${shorten(text)}`, {
    resource: `release ${namespace}/${release}`,
    next: rule?.next ?? 'Read what helm says; the step is tried again.',
    ...(problems.length > 0 ? { problems } : {}),
  });
}

/** The schema's findings, `- at '/storage/bucket': …`, with the path of the value. Helm's order is chance. */
function valueProblems(text: string, valuesKey?: string): Problem[] {
  const findings = [...text.matchAll(/^\s*- at '([^']*)': (.*)$/gm)].map(([, pointer = '', message = '']) => ({
    keys: pointer.split('/').filter(Boolean),
    message,
  }));
  return findings
    .toSorted((one, other) => one.keys.join('.').localeCompare(other.keys.join('.')))
    .map(({ keys, message }) =>
      valuesKey
        ? { message, path: [valuesKey, ...keys].join('.') }
        : { message: `value ${keys.join('.') || '(top)'}: ${message}` },
    );
}

function shorten(text: string): string {
  const oneLine = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('; ');
  return oneLine.length > 600 ? `${oneLine.slice(0, 600)} …` : oneLine;
}
