import type { Guard } from './Guard.js';

/** The first name of an ACM certificate: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestCertificateName = 64;

/** The domain is one that a zone and a certificate can be made for. */
export const publicDomain: Guard = ({ domain }) => {
  if (domain === undefined) return [];
  const path = 'domain';
  const plain = domain.toLowerCase().replace(/\.$/, '');
  if (plain !== domain)
    return [{ path, message: 'is written in lower case and without a dot at the end', suggestion: plain }];
  if (!domain.includes('.'))
    return [{ path, message: `"${domain}" has no dot; give the whole name, as flyte.example.com` }];
  if (/^[\d.]+$/.test(domain)) return [{ path, message: 'must be a name, not an address' }];
  if (domain.length > longestCertificateName) {
    return [{ path, message: `has ${domain.length} characters; a certificate takes ${longestCertificateName}` }];
  }
  return [];
};
