import type { Guard, SpecProblem } from './Guard.js';

const reserved = ['aws:', 'hangar:', 'kubernetes.io/', 'k8s.io/', 'eks:', 'elbv2.k8s.aws/'];
/** Hangar, the provider and the controllers add up to ten of AWS's fifty. */
const mostTags = 40;

/** Tags keep out of the way of AWS, Kubernetes and Hangar: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const reservedTags: Guard = ({ tags }) => {
  const problems: SpecProblem[] = [];
  for (const [key, value] of Object.entries(tags)) {
    const path = ['tags', key];
    const prefix = reserved.find((each) => key.toLowerCase().startsWith(each));
    if (prefix) problems.push({ path, message: `keys that begin with ${prefix} are reserved` });
    else if (key.toLowerCase() === 'name') problems.push({ path, message: 'Name is set by Hangar on each resource' });
    else if (!/^[\p{L}\p{N} _.:/=+@-]+$/u.test(key) || !/^[\p{L}\p{N} _.:/=+@-]*$/u.test(value)) {
      problems.push({ path, message: 'may hold letters, digits, spaces and _ . : / = + - @ only' });
    }
  }
  if (Object.keys(tags).length > mostTags) {
    problems.push({ path: 'tags', message: `has ${Object.keys(tags).length} tags, ${mostTags} are allowed` });
  }
  return problems;
};
