import { type ErrorCode, errorCodes } from './errorCodes.js';

/** Where and why something failed; everything but `code` and `message` is optional. Never carries a secret. */
export interface HangarErrorDetails {
  /** The step it happened to, as named in the graph. */
  readonly step?: string;
  /** The resource it happened to: a terraform address, a Kubernetes object, a key of the file. */
  readonly resource?: string;
  /** What the user does next: one imperative sentence. */
  readonly next?: string;
  /** Several problems found in one go (a spec's mistakes, failed checks). */
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

/** One of several mistakes reported together. */
export interface Problem {
  readonly message: string;
  /** Path in the deployment file, as `flyte.components.scheduler`. */
  readonly path?: string;
  /** Line in the deployment file, counted from 1. */
  readonly line?: number;
  readonly column?: number;
  /** The nearest valid word, when something is misspelt. */
  readonly suggestion?: string;
}

/**
 * The one error class of Hangar: a stable code, what happened, to which step and resource, and what to do next.
 * Crosses Temporal as an ApplicationFailure whose `type` is the code and whose only detail is {@link HangarError.toJSON}.
 */
export class HangarError extends Error {
  override readonly name = 'HangarError';
  readonly code: ErrorCode;
  readonly step?: string;
  readonly resource?: string;
  readonly next?: string;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, details: HangarErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.step = details.step;
    this.resource = details.resource;
    this.next = details.next;
    this.problems = details.problems ?? [];
  }

  /** Whether the same attempt may succeed a little later without anybody acting. */
  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }

  /** The exit code of a command that ends with this error. */
  get exitCode(): number {
    return errorCodes[this.code].exit;
  }

  /** The same error told about `step`; keeps a step that is already named. */
  withStep(step: string): HangarError {
    return this.step ? this : new HangarError(this.code, this.message, { ...this, step, cause: this.cause });
  }

  /** The form that crosses processes and is printed by `--json`. */
  toJSON(): HangarErrorJson {
    return {
      code: this.code,
      message: this.message,
      ...(this.step ? { step: this.step } : {}),
      ...(this.resource ? { resource: this.resource } : {}),
      ...(this.next ? { next: this.next } : {}),
      ...(this.problems.length > 0 ? { problems: [...this.problems] } : {}),
    };
  }

  /** Rebuilds an error from {@link toJSON}'s form. */
  static fromJSON(json: HangarErrorJson): HangarError {
    return new HangarError(json.code, json.message, json);
  }
}

/** {@link HangarError} as plain data. */
export interface HangarErrorJson {
  code: ErrorCode;
  message: string;
  step?: string;
  resource?: string;
  next?: string;
  problems?: Problem[];
}
