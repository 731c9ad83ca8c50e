import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { bootstrapActivities } from './bootstrap.js';
import { credentialActivities } from './credentials.js';
import { flyteActivities } from './flyte.js';
import { leftoverActivities } from './leftovers.js';
import { manifestActivities } from './manifest.js';
import { platformActivities } from './platform.js';
import { preflightActivities } from './preflight.js';
import { recordActivities } from './records.js';
import { smokeActivities } from './smoke.js';
import { terraformActivities } from './terraform.js';

/** Every activity, as a worker registers them. */
export function allActivities(context: ActivityContext): Activities {
  return {
    ...preflightActivities(context),
    ...bootstrapActivities(context),
    ...terraformActivities(context),
    ...platformActivities(context),
    ...credentialActivities(context),
    ...flyteActivities(context),
    ...recordActivities(context),
    ...smokeActivities(context),
    ...manifestActivities(context),
    ...leftoverActivities(context),
  };
}
