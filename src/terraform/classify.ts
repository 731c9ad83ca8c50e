import { stripVTControlCharacters } from 'node:util';
import { type ErrorCode, errorCodes } from '../errors/errorCodes.js';
import { HangarError, type Problem } from '../errors/HangarError.js';
import type { Diagnostic } from './events.js';
import { findRule, nextFor } from './failureRules.js';
import { redact } from './redact.js';
import { stepAddress } from './stepAddress.js';

/** How a terraform process failed. */
export interface TerraformFailure {
  /** `plan`, `apply` … */
  readonly command: string;
  readonly exitCode: number;
  /** Errors it gave as events, the last ones. */
  readonly diagnostics: readonly Diagnostic[];
  /** The end of its standard error: crashes and wrong command lines show here only. */
  readonly stderr: string;
  /** A stop was asked for while it ran. */
  readonly stopped: boolean;
  /** It did not stop within the patience and was killed. */
  readonly killed: boolean;
  /** Values to take out of every text. */
  readonly secrets: readonly string[];
}

/** Longest message shown, in characters: some services answer with whole documents. */
const maxMessage = 900;
const maxProblems = 10;
/** What is looked at to tell the kind of failure: the reason comes first. */
const maxMatched = 8_000;

interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  readonly resource?: string;
  readonly next?: string;
}

/**
 * Makes the one error of a failed terraform run. With several diagnostics the one that decides is, in this order:
 * a state that was not saved; the stop itself; what no retry mends; what a retry may mend; what nobody knows.
 * The others are kept as `problems`.
 */
export function classify(failure: TerraformFailure): HangarError {
  if (failure.exitCode === 127 || failure.exitCode === 126) {
    return new HangarError('HGR-801', `terraform cannot be started: ${clean(failure.stderr, failure.secrets)}`, {
      next: 'Install terraform 1.11 or newer on the worker, or set HANGAR_TERRAFORM to its path.',
    });
  }
  const findings = failure.diagnostics.map((diagnostic) => classifyDiagnostic(diagnostic, failure.secrets));
  const fromStderr = failure.stderr.trim();
  if (fromStderr && (findings.length === 0 || /panic: |errored\.tfstate/.test(fromStderr))) {
    findings.push(classifyText(fromStderr, failure.secrets));
  }

  const unsaved = findings.find(({ code }) => code === 'HGR-316');
  if (failure.stopped && !unsaved) return stopped(failure);
  findings.sort((a, b) => rank(a.code) - rank(b.code));
  const decisive = findings[0];
  if (!decisive) {
    return failure.exitCode === 130
      ? stopped(failure)
      : new HangarError(
          'HGR-399',
          `terraform ${failure.command} ended with exit code ${failure.exitCode} and gave no reason`,
          {
            next: 'Run it again; when it comes back, look at the log of the worker.',
          },
        );
  }
  const problems: Problem[] = findings.slice(1, 1 + maxProblems).map(({ code, message, resource }) => ({
    message: `${code} ${message}`,
    ...(resource ? { path: resource } : {}),
  }));
  return new HangarError(decisive.code, decisive.message, { ...decisive, problems });
}

/** The code, message and resource of one diagnostic. */
export function classifyDiagnostic(diagnostic: Diagnostic, secrets: readonly string[] = []): Finding {
  const text = diagnostic.detail ? `${diagnostic.summary}: ${diagnostic.detail}` : diagnostic.summary;
  const finding = classifyText(text, secrets);
  const place = diagnostic.address
    ? stepAddress(diagnostic.address)
    : diagnostic.range && `${diagnostic.range.filename}:${diagnostic.range.line}`;
  return place ? { ...finding, resource: place } : finding;
}

function classifyText(text: string, secrets: readonly string[]): Finding {
  const rule = findRule(text.slice(0, maxMatched));
  const code = rule?.code ?? 'HGR-399';
  const next = rule?.next ?? 'Read the message of the cloud; when it tells nothing, run it again and then report it.';
  return { code, message: clean(text, secrets), next };
}

function stopped({ command, killed }: TerraformFailure): HangarError {
  return killed
    ? new HangarError('HGR-316', `terraform ${command} did not stop in time and was killed`, {
        next: nextFor('HGR-316'),
      })
    : new HangarError('HGR-312', `terraform ${command} was stopped and has saved its state`, {
        next: 'Run the same command again to go on, or `hangar destroy` to remove what is there.',
      });
}

function rank(code: ErrorCode): number {
  if (code === 'HGR-316') return 0;
  if (code === 'HGR-399') return 3;
  return errorCodes[code].retryable ? 2 : 1;
}

function clean(text: string, secrets: readonly string[]): string {
  const short = redact(stripVTControlCharacters(text), secrets)
    .replace(/[╷│╵]/g, ' ')
    .replace(/\bencoded authorization failure message: [\w-]+/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return short.length > maxMessage ? `${short.slice(0, maxMessage - 1)}…` : short;
}
