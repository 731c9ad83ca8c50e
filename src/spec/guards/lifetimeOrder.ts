import { durationMs } from '../duration.js';
import type { Guard, SpecProblem } from './Guard.js';

/** Creation and destruction alone take half an hour; a shorter life would end before it began. */
const shortestMs = durationMs('30m');
/** A deployment that lives longer is not ephemeral; also keeps `hangar:expires` a date that clocks can tell. */
const longestMs = durationMs('365d');

/** A lifetime is long enough to be of use, not without end, and its maximum is not below its start. */
export const lifetimeOrder: Guard = ({ lifetime }) => {
  if (!lifetime) return [];
  const problems: SpecProblem[] = [];
  const ttl = durationMs(lifetime.ttl);
  const max = lifetime.max === undefined ? ttl : durationMs(lifetime.max);
  if (ttl < shortestMs) {
    problems.push({
      path: 'lifetime.ttl',
      message: `${lifetime.ttl} is shorter than creation and destruction take; use 30m or more`,
    });
  }
  if (max < ttl) {
    problems.push({ path: 'lifetime.max', message: `max ${lifetime.max} is less than ttl ${lifetime.ttl}` });
  }
  if (Math.max(ttl, max) > longestMs) {
    problems.push({
      path: ttl > longestMs ? 'lifetime.ttl' : 'lifetime.max',
      message: 'is more than 365d; leave lifetime out for a deployment that stays',
    });
  }
  return problems;
};
