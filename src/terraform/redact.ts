const patterns: readonly [RegExp, string][] = [
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(-----END \1-----|$)/g, '[private key]'],
  // The credential part of a presigned address.
  [/\b(X-Amz-(?:Signature|Security-Token|Credential))=[^&\s"']+/gi, '$1=[redacted]'],
  [/\b(https?:\/\/)[^/\s:@"']+:[^/\s@"']+@/gi, '$1[redacted]@'],
  [/\b(authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|aws4-hmac-sha256)\s+)?[^\s"',]+/gi, '$1[redacted]'],
  [
    /\b([\w-]*(?:password|passwd|secret_?access_?key|secret_?string|session_?token|auth_?token|api_?key|private_?key)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;}]+)/gi,
    '$1[redacted]',
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[access key]'],
];

/** Names of environment variables whose values never appear in an error or a log. */
const secretName = /SECRET|TOKEN|PASSWORD|ACCESS_KEY|CREDENTIAL/i;

/** Values of an environment that are secrets. Short ones are left out: replacing `test` would garble every message. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => secretName.test(name) && value.length >= 8)
    .map(([, value]) => value);
}

/** Takes secrets out of a text: the values given, and what looks like a key, a password or a signed address. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '[redacted]');
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}
