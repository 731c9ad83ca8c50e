import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { fromFailure } from '../src/errors/fromFailure.js';
import { HangarError } from '../src/errors/HangarError.js';

/**
 * The only thing a workflow here throws: any other error would make Temporal retry the workflow task for ever instead
 * of failing the workflow. A cancelled run fails too, with HGR-607: a workflow closed as "cancelled" keeps no details,
 * and what the rollback did belongs into the result.
 */
export function workflowFailure(error: unknown): ApplicationFailure {
  const known = error instanceof HangarError ? error : fromFailure(error);
  const failure = ApplicationFailure.create({
    type: known.code,
    // Temporal's own program and UI show the message and little else.
    message: `${known.code}: ${known.message}${known.next ? ` Next: ${known.next}` : ''}`,
    nonRetryable: true,
    details: [known.toJSON()],
    ...(known.code === 'HGR-607' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
  // What failed is in the activity's failure; where this code stood says nothing to a user.
  failure.stack = '';
  return failure;
}
