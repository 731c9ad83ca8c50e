import { flyteNamespace, flyteRelease } from '../flyteRelease.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { until } from './until.js';

/** FlyteAdmin has made a namespace for each project in each domain, and bound its service account to the task identity. */
export const namespacesCheck: SmokeCheck = {
  name: 'namespaces',
  // FlyteAdmin makes them one after the other, from its first synchronisation on.
  withinSeconds: 180,
  run: (context) =>
    until(context, async () => {
      const problems = await context.namespaceProblems();
      if (problems.length > 0) throw new Error(problems.join('; '));
      return 'every project has its namespaces';
    }),
  look({ spec }) {
    const deployment = spec.flyte.distribution === 'core' ? 'syncresources' : flyteRelease('binary').adminDeployment;
    return `kubectl -n ${flyteNamespace} logs deployment/${deployment} --tail=100`;
  },
};
