import { formatIpv4Range, parseIpv4Range, rangesOverlap } from '../Ipv4Range.js';
import type { Guard, SpecProblem } from './Guard.js';

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseIpv4Range);

/** Ranges that may reach the public endpoint are exact, public and given once. */
export const publicAccess: Guard = ({ cluster }) => {
  const seen = new Set<string>();
  return cluster.publicAccess.flatMap((text, index): SpecProblem[] => {
    const path = `cluster.publicAccess.${index}`;
    const range = parseIpv4Range(text);
    const exact = formatIpv4Range(range);
    if (exact !== text) return [{ path, message: `${text} is not the first address of its range`, suggestion: exact }];
    if (seen.has(text)) return [{ path, message: `${text} is there twice` }];
    seen.add(text);
    // 0.0.0.0/0 holds private addresses too, and is a legitimate choice.
    if (range.prefix >= 8 && privateRanges.some((other) => rangesOverlap(other, range))) {
      return [{ path, message: `${text} is private: nobody reaches a public endpoint from there` }];
    }
    return [];
  });
};
