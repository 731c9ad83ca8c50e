import { containsRange, formatIpv4Range, parseIpv4Range } from '../Ipv4Range.js';
import type { Guard, SpecProblem } from './Guard.js';

const code = 'HGR-105';

/** Ranges that AWS recommends for a VPC: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/**
 * The network has room for a public, a private and a database subnet in each of 3 zones, with an address for every pod.
 * AWS takes at most a /16: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export const networkRange: Guard = ({ network }) => {
  if (network.existing) return [];
  const path = 'network.cidr';
  const range = parseIpv4Range(network.cidr);
  const exact = formatIpv4Range(range);
  const problems: SpecProblem[] = [];
  if (exact !== network.cidr) {
    problems.push({ path, code, message: `${network.cidr} is not the first address of its range`, suggestion: exact });
  }
  if (range.prefix > 20) {
    problems.push({
      path,
      code,
      message: `a /${range.prefix} is too small for public, private and database subnets in 3 zones; use /16 to /20`,
    });
  }
  if (range.prefix < 16) {
    problems.push({ path, code, message: `a /${range.prefix} is larger than an AWS network may be; use /16 to /20` });
  }
  if (!privateRanges.some((outer) => containsRange(parseIpv4Range(outer), range))) {
    problems.push({ path, code, message: `must lie in a private range: ${privateRanges.join(', ')}` });
  }
  return problems;
};
