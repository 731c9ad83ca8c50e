import type { Guard, SpecProblem } from './Guard.js';

/** Own node pools have different names, sensible counts, and one of them is always there for Flyte itself. */
export const nodePools: Guard = ({ cluster }) => {
  const pools = cluster.nodePools;
  if (!pools) return [];
  const problems: SpecProblem[] = [];
  pools.forEach(({ name, min, max }, index) => {
    const path = `cluster.nodePools.${index}`;
    if (pools.findIndex((other) => other.name === name) < index) {
      problems.push({ path: `${path}.name`, message: `node pool ${name} is there twice` });
    }
    if (min > max) problems.push({ path: `${path}.min`, message: `min ${min} is more than max ${max}` });
  });
  if (!pools.some((pool) => !pool.gpu && !pool.spot && pool.min >= 1)) {
    problems.push({
      path: 'cluster.nodePools',
      message: 'one pool must have min of 1 or more, without spot and gpu: Flyte itself and the autoscaler run there',
    });
  }
  return problems;
};
