import { errorCodes } from './errorCodes.js';
import { HangarError, type HangarErrorJson } from './HangarError.js';

/**
 * The HangarError behind a failure that Temporal hands over: an ActivityFailure, ChildWorkflowFailure or
 * WorkflowFailedError around an ApplicationFailure whose first detail is a HangarError's JSON; a timeout; a cancellation.
 * Reads names and fields only, so that workflow code, activities and clients share it.
 */
export function fromFailure(failure: unknown, step?: string): HangarError {
  const error = find(failure);
  return step ? error.withStep(step) : error;
}

function find(failure: unknown): HangarError {
  for (const each of causes(failure)) {
    if (each instanceof HangarError) return each;
    const json = hangarJson(each);
    if (json) return HangarError.fromJSON(json);
    if (each.name === 'TimeoutFailure') return timedOut(each);
    if (each.name === 'CancelledFailure') return new HangarError('HGR-607', 'The work was cancelled.');
    if (each.name === 'TerminatedFailure') return terminated();
  }
  const chain = causes(failure);
  const innermost = chain[chain.length - 1];
  return new HangarError('HGR-901', innermost?.message ?? String(failure), {
    next: 'Report it with the output of `temporal workflow show`.',
  });
}

/** Whether a failure is the answer to a cancellation. */
export function isCancelled(failure: unknown): boolean {
  return causes(failure).some((each) => each.name === 'CancelledFailure');
}

function terminated(): HangarError {
  return new HangarError('HGR-607', 'The workflow was terminated, so nothing was rolled back.', {
    next: 'Create it again with onExisting `resume`, or destroy it.',
  });
}

interface Failure {
  name?: string;
  message?: string;
  type?: unknown;
  details?: unknown;
  cause?: unknown;
  timeoutType?: unknown;
}

function causes(failure: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let each = failure; typeof each === 'object' && each !== null && !chain.includes(each); ) {
    chain.push(each);
    each = (each as Failure).cause;
  }
  return chain;
}

function hangarJson(failure: Failure): HangarErrorJson | undefined {
  if (typeof failure.type !== 'string' || !(failure.type in errorCodes)) return undefined;
  const [json] = Array.isArray(failure.details) ? failure.details : [];
  if (typeof json === 'object' && json !== null && 'code' in json && json.code === failure.type) {
    return json as HangarErrorJson;
  }
  return { code: failure.type as HangarErrorJson['code'], message: failure.message ?? failure.type };
}

function timedOut(failure: Failure): HangarError {
  if (failure.timeoutType === 'HEARTBEAT') {
    return new HangarError('HGR-612', 'The workers that ran the step stopped answering, on every attempt.', {
      next: 'Look at the workers’ logs and memory, then create again with onExisting `resume`, or destroy.',
    });
  }
  return new HangarError('HGR-315', 'The step took longer than its limit, on every attempt.', {
    next: 'Look in the cloud’s console at what does not finish, then create again with onExisting `resume`, or destroy.',
  });
}
