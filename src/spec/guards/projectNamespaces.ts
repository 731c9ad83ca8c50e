import type { Guard, SpecProblem } from './Guard.js';

/** Kubernetes namespaces are DNS labels of at most 63 characters. */
const longestNamespace = 63;

/**
 * Flyte makes the namespace `<project>-<domain>` for every project in every domain, since its domains are global: each
 * is short enough, used once, not one of Kubernetes' own.
 */
export const projectNamespaces: Guard = ({ flyte }) => {
  const problems: SpecProblem[] = [];
  const allDomains = [...new Set(flyte.projects.flatMap((project) => project.domains))];
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  flyte.projects.forEach(({ id, domains }, index) => {
    const path = `flyte.projects.${index}`;
    if (ids.has(id)) {
      problems.push({ path: `${path}.id`, message: `project ${id} is there twice` });
      return;
    }
    ids.add(id);
    domains.forEach((domain, at) => {
      if (domains.indexOf(domain) === at) return;
      problems.push({ path: `${path}.domains.${at}`, message: `domain ${domain} is there twice` });
    });
    for (const domain of allDomains) {
      const message = checkNamespace(id, domain, owners);
      const at = domains.indexOf(domain);
      if (message) problems.push({ path: at >= 0 ? `${path}.domains.${at}` : `${path}.id`, message });
    }
  });
  return problems;
};

function checkNamespace(project: string, domain: string, owners: Map<string, string>): string | undefined {
  const namespace = `${project}-${domain}`;
  const earlier = owners.get(namespace);
  owners.set(namespace, `${project}/${domain}`);
  if (earlier) return `${project}/${domain} and ${earlier} would share the namespace ${namespace}`;
  if (namespace.startsWith('kube-')) {
    return `the namespace ${namespace} would be one of Kubernetes' own; choose another project id`;
  }
  if (namespace.length > longestNamespace) {
    return `the namespace ${namespace} has ${namespace.length} characters, ${longestNamespace} are allowed`;
  }
  return undefined;
}
