/** Access key ids: four letters that say the kind, then sixteen characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const keyId = /\b(AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}\b/g;
/** Session tokens, signatures and encoded authorization messages: long runs without a space. */
const longRun = /[A-Za-z0-9+/=_-]{60,}/g;
const headerOrParameter =
  /(x-amz-(?:security-token|signature|credential)|aws_?secret_?access_?key|authorization|password|secretstring)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|\S+)/gi;

/** AWS's own words without anything in them that could open a door. */
export function redactAws(text: string): string {
  return text
    .replace(headerOrParameter, '$1$2[redacted]')
    .replace(keyId, '[redacted key id]')
    .replace(longRun, '[redacted]')
    .slice(0, 1_000);
}
