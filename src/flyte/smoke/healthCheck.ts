import { adminLogs } from './adminLogs.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { until } from './until.js';

/** FlyteAdmin says that it is healthy. */
export const healthCheck: SmokeCheck = {
  name: 'health',
  withinSeconds: 60,
  // A pod that is ready may still refuse its first connections.
  run: (context) =>
    until(context, async () => {
      await context.admin.health();
      return 'FlyteAdmin is healthy';
    }),
  look: adminLogs,
};
