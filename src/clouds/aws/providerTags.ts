import type { StepRequest } from '../../graph/StepRequest.js';
import { deploymentTag } from './hangarTags.js';

/**
 * The tags that every resource of a step carries: the provider's `default_tags`. Those of the file come first, so that
 * they cannot hide Hangar's own, by which a deployment is found and destroyed.
 */
export function providerTags({ spec, step, expires }: StepRequest): Record<string, string> {
  return {
    ...spec.tags,
    [deploymentTag]: spec.name,
    'hangar:step': step,
    ...(expires ? { 'hangar:expires': expires } : {}),
  };
}
