import type { StepRequest } from '../src/graph/StepRequest.js';
import { applyStep } from '../src/terraform/applyStep.js';
import { previewStep } from '../src/terraform/previewStep.js';
import { removeStep } from '../src/terraform/removeStep.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/** The activities that run terraform: make a step, unmake it, say what making it would do. */
export function terraformActivities(
  context: ActivityContext,
): Pick<Activities, 'applyTerraform' | 'destroyTerraform' | 'planTerraform'> {
  const options = (request: StepRequest) => ({
    settings: context.settings,
    cloud: context.cloud(request.spec.cloud),
  });
  return {
    applyTerraform: (request) =>
      runActivity(request.step, (tools) => applyStep({ ...options(request), ...tools, request })),
    destroyTerraform: (request) =>
      runActivity(request.step, (tools) => removeStep({ ...options(request), ...tools, request })),
    planTerraform: (request) =>
      runActivity(request.step, (tools) => previewStep({ ...options(request), ...tools, request })),
  };
}
