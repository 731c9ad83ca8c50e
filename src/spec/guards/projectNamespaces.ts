import type { Guard, SpecProblem } from './Guard.js';

/** Kubernetes namespaces are DNS labels of at most 63 characters. */
const longestNamespace = 63;

/** Each project and domain has the namespace `<project>-<domain>`: short enough, used once, not one of Kubernetes' own. */
export const projectNamespaces: Guard = ({ flyte }) => {
  const problems: SpecProblem[] = [];
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  flyte.projects.forEach(({ id, domains }, index) => {
    const path = `flyte.projects.${index}`;
    if (ids.has(id)) problems.push({ path: `${path}.id`, message: `project ${id} is there twice` });
    else
      domains.forEach((domain, at) => {
        problems.push(...checkNamespace(`${id}-${domain}`, `${id}/${domain}`, `${path}.domains.${at}`, owners));
      });
    ids.add(id);
  });
  return problems;
};

function checkNamespace(namespace: string, owner: string, path: string, owners: Map<string, string>): SpecProblem[] {
  const earlier = owners.get(namespace);
  owners.set(namespace, owner);
  if (earlier === owner) return [{ path, message: `domain ${owner} is there twice` }];
  if (earlier) return [{ path, message: `${owner} and ${earlier} would share the namespace ${namespace}` }];
  if (namespace.startsWith('kube-')) {
    return [{ path, message: `the namespace ${namespace} would be one of Kubernetes' own; choose another project id` }];
  }
  if (namespace.length > longestNamespace) {
    return [
      {
        path,
        message: `the namespace ${namespace} has ${namespace.length} characters, ${longestNamespace} are allowed`,
      },
    ];
  }
  return [];
}
