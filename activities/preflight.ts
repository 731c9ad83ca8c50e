import { HangarError } from '../src/errors/HangarError.js';
import type { Activities } from './Activities.js';
import type { ActivityContext } from './ActivityContext.js';
import { runActivity } from './runActivity.js';

/**
 * Checks the world before anything is made in it. Whether the deployment's name is free is no concern of its: the workflow
 * decides that by the manifest (workflows/checkBeforeCreate.ts).
 */
export function preflightActivities(context: ActivityContext): Pick<Activities, 'preflight'> {
  return {
    preflight: ({ spec }) =>
      runActivity('preflight', async ({ report }) => {
        report({ phase: 'check' });
        const problems = await context.cloud(spec.cloud).preflight(spec);
        const [first, ...others] = problems;
        if (!first) return;
        if (others.length === 0) throw first;
        throw new HangarError(first.code, `${problems.length} things stand in the way: ${first.message}; …`, {
          next: first.next,
          problems: problems.map((problem) => ({
            message: [problem.message, problem.next].filter(Boolean).join(': '),
            ...(problem.resource ? { path: problem.resource } : {}),
          })),
        });
      }),
  };
}
