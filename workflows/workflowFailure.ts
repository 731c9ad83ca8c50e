import { ApplicationFailure, ApplicationFailureCategory, TemporalFailure } from '@temporalio/common';
import { fromFailure } from '../src/errors/fromFailure.js';
import { HangarError } from '../src/errors/HangarError.js';

/**
 * What a workflow here throws. A HangarError or a failure of Temporal's becomes an ApplicationFailure, which fails the
 * workflow; a cancelled run fails too, with HGR-607, since a workflow closed as "cancelled" keeps no details, and what
 * the rollback did belongs into the result. Anything else is a defect and stays what it is: Temporal then retries the
 * task until a worker with the defect mended takes it up, and nothing that was made is lost sight of.
 */
export function workflowFailure(error: unknown): unknown {
  if (!isFailure(error)) return error;
  const known = error instanceof HangarError ? error : fromFailure(error);
  const failure = ApplicationFailure.create({
    type: known.code,
    // Temporal's own program and UI show the message and little else.
    message: `${known.code}: ${known.message.replace(/\.?$/, '.')}${known.next ? ` Next: ${known.next}` : ''}`,
    nonRetryable: true,
    details: [known.toJSON()],
    ...(known.code === 'HGR-607' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
  // What failed is in the activity's failure; where this code stood says nothing to a user.
  failure.stack = '';
  return failure;
}

/** Whether an error is one to end a workflow with, rather than a defect. */
export function isFailure(error: unknown): boolean {
  return error instanceof HangarError || error instanceof TemporalFailure;
}
