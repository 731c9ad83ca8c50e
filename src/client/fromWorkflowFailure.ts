import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { fromFailure } from '../errors/fromFailure.js';
import { HangarError } from '../errors/HangarError.js';
import type { Settings } from '../settings/Settings.js';
import { temporalError } from './temporalError.js';

/**
 * The HangarError behind what a workflow's result was rejected with: the workflow's own failure, HGR-604 where Temporal
 * has no such workflow, HGR-601 where it did not answer.
 */
export function fromWorkflowFailure(error: unknown, settings: Settings): HangarError {
  if (error instanceof WorkflowFailedError) return fromFailure(error);
  if (error instanceof WorkflowNotFoundError) {
    return new HangarError('HGR-604', `Temporal knows no workflow ${error.workflowId}.`, {
      resource: error.workflowId,
    });
  }
  return temporalError(error, settings);
}
