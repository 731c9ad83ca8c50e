import { adminLogs } from './adminLogs.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { until } from './until.js';

/** Every project and domain of the file is in Flyte's database. */
export const projectsCheck: SmokeCheck = {
  name: 'projects',
  withinSeconds: 30,
  run: (context) =>
    until(context, async () => {
      const found = await context.admin.projects();
      const missing = context.spec.flyte.projects.flatMap(({ id, domains }) => {
        const project = found.find((candidate) => candidate.id === id);
        if (!project) return [`project ${id}`];
        return domains
          .filter((domain) => !project.domains?.some((candidate) => candidate.id === domain))
          .map((domain) => `domain ${domain} of project ${id}`);
      });
      if (missing.length > 0) throw new Error(`Flyte does not have ${missing.join(', ')}`);
      return context.spec.flyte.projects.map(({ id, domains }) => `${id} (${domains.join(', ')})`).join('; ');
    }),
  look: adminLogs,
};
