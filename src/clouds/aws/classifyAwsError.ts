import type { ErrorCode } from '../../errors/errorCodes.js';
import { HangarError } from '../../errors/HangarError.js';
import { redactAws } from './redactAws.js';

interface Row {
  /** Matched against the error's name or, for errors below HTTP, its code. */
  readonly name: RegExp;
  /** Matched against the message as well, where the name alone says too little. */
  readonly message?: RegExp;
  readonly code: ErrorCode;
  readonly say: string;
  readonly next: string;
  /** AWS's own text may repeat the signed request, session token included: never shown. */
  readonly hideText?: boolean;
}

const signIn = 'Sign in again (for example `aws sso login`, or new AWS_* variables) and repeat.';
const setUp = 'Set up credentials (`aws configure`, `aws sso login` or AWS_* variables) and repeat.';

/** First match wins. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const rows: readonly Row[] = [
  {
    name: /^(CredentialsProviderError|TokenProviderError)$/,
    message: /expired|SSO session|refresh/i,
    code: 'HGR-202',
    say: 'the AWS credentials have expired',
    next: signIn,
  },
  {
    name: /^(CredentialsProviderError|TokenProviderError)$/,
    code: 'HGR-201',
    say: 'there are no AWS credentials',
    next: setUp,
  },
  {
    name: /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/,
    code: 'HGR-202',
    say: 'the AWS credentials have expired',
    next: signIn,
    hideText: true,
  },
  {
    name: /^RequestTimeTooSkewed$|^SignatureDoesNotMatch$/,
    message: /skew|Signature expired|not yet current/i,
    code: 'HGR-201',
    say: "AWS refused the signature because of this machine's clock",
    next: 'Set the clock of this machine and repeat.',
    hideText: true,
  },
  {
    name: /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken|InvalidTokenId|AuthFailure|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|InvalidIdentityToken(Exception)?|IDPRejectedClaim(Exception)?)$/,
    code: 'HGR-201',
    say: 'AWS refused the credentials',
    next: 'Check the AWS_* variables and the profile: they name no valid key; sign in again and repeat.',
    hideText: true,
  },
  {
    name: /^(AccessDenied(Exception)?|UnauthorizedOperation|Client\.UnauthorizedOperation|NotAuthorized|AuthorizationError(Exception)?|Forbidden|OptInRequired)$/,
    code: 'HGR-207',
    say: 'the credentials lack a permission',
    next: 'Allow the action to the principal (docs/permissions.md lists all that Hangar needs) and repeat.',
  },
  {
    name: /^(Throttl.*|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|TooManyRequests(Exception)?|PriorRequestNotComplete|BandwidthLimitExceeded)$/,
    code: 'HGR-303',
    say: 'AWS throttled the requests',
    next: 'Wait a minute and repeat.',
  },
  {
    name: /^(.*LimitExceeded(Exception)?|.*QuotaExceeded(Exception|Fault)?|TooManyBuckets|TooManyHostedZones)$/,
    code: 'HGR-208',
    say: 'a quota of the account is exhausted',
    next: 'Ask for a higher quota in the Service Quotas console, or remove what is not needed, and repeat.',
  },
  {
    name: /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|NetworkingError|RequestTimeout(Exception)?|InternalFailure|InternalError|InternalServiceError|ServiceUnavailable(Exception)?|ServerException|CERT_.*|.*_CERT.*|UNABLE_TO_.*|ERR_TLS.*|EPROTO)$/,
    code: 'HGR-209',
    say: 'AWS did not answer',
    next: 'Check the network, the proxy, the region and AWS_ENDPOINT_URL, and repeat.',
  },
];

/**
 * What an error of the AWS SDK means to a user.
 * @param action what was asked, as `s3:GetObject`
 * @param otherwise the code where the table knows no better; default HGR-901
 */
export function classifyAwsError(error: unknown, action: string, otherwise: ErrorCode = 'HGR-901'): HangarError {
  if (error instanceof HangarError) return error;
  const { name, text, status } = facts(error);
  const row =
    rows.find((candidate) => candidate.name.test(name) && (candidate.message?.test(text) ?? true)) ??
    (status === 403 ? rows.find((candidate) => candidate.code === 'HGR-207') : undefined) ??
    (status !== undefined && status >= 500 ? rows.find((candidate) => candidate.code === 'HGR-209') : undefined);
  // The cause is left out on purpose: it holds the request, and with it the signature and session token.
  if (!row) return new HangarError(otherwise, `${action} failed: ${name}${text ? `: ${redactAws(text)}` : ''}`);
  const shown = row.hideText || !text ? name : `${name}: ${redactAws(text)}`;
  return new HangarError(row.code, `${row.say} (${action}: ${shown})`, { next: row.next });
}

function facts(error: unknown): { name: string; text: string; status?: number } {
  if (!(error instanceof Error)) return { name: 'Error', text: String(error) };
  const { code, Code, $metadata } = error as {
    code?: unknown;
    Code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const generic = error.name === 'Error' || error.name === 'AggregateError' || error.name === 'TypeError';
  const name = generic ? String(code ?? Code ?? error.name) : error.name;
  return { name, text: error.message, status: $metadata?.httpStatusCode };
}
