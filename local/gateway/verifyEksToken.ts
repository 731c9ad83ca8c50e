import { timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

const prefix = 'k8s-aws-v1.';
/** STS takes a signature for a quarter of an hour from its date, whatever X-Amz-Expires says. */
const lifeMs = 15 * 60_000;
/** A clock may be a little ahead of ours. */
const skewMs = 5 * 60_000;
const clusterHeader = 'x-k8s-aws-id';

/** The only parameters a token's URL may have, as aws-iam-authenticator allows them. */
const parameters = new Set([
  'action',
  'version',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/** What decides whether a token is good. */
export interface EksTokenCheck {
  readonly token: string;
  readonly clusterName: string;
  /** Hosts of STS: a token signed for any other is refused unasked. */
  readonly hosts: readonly string[];
  readonly now: Date;
  /** The secret of an access key; null for one that nobody has. */
  readonly secretOf: (accessKeyId: string) => Promise<string | null>;
}

/** A token that STS would accept: whose it is. */
export interface EksCaller {
  readonly accessKeyId: string;
  /** `key/date/region/sts/aws4_request`. */
  readonly credentialScope: string;
}

/**
 * Checks an EKS bearer token as aws-iam-authenticator and STS together do: a presigned GetCallerIdentity request to STS
 * that names this cluster in a signed header, is not expired, and whose signature fits. The emulator's STS checks no
 * signature, so this does.
 * @throws Error that says in a few words why it is refused
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
export async function verifyEksToken(check: EksTokenCheck): Promise<EksCaller> {
  const url = readUrl(check.token);
  if (!check.hosts.includes(url.host)) throw new Error(`its host is ${url.host}, not STS`);
  if (url.pathname !== '/') throw new Error(`its path is ${url.pathname}`);
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!parameters.has(name.toLowerCase())) throw new Error(`it has a parameter ${name}`);
    if (query.has(name.toLowerCase())) throw new Error(`it has ${name} twice`);
    query.set(name.toLowerCase(), value);
  }
  if (query.get('action') !== 'GetCallerIdentity') throw new Error(`its action is ${query.get('action')}`);
  const signedHeaders = (query.get('x-amz-signedheaders') ?? '').split(';');
  if (!signedHeaders.includes(clusterHeader)) throw new Error('it names no cluster in a signed header');
  const signedAt = readDate(query.get('x-amz-date'));
  const age = check.now.getTime() - signedAt.getTime();
  if (age > lifeMs) throw new Error('it has expired');
  if (age < -skewMs) throw new Error('it is dated in the future');
  const expires = Number(query.get('x-amz-expires'));
  if (!(expires >= 0 && expires <= 900)) throw new Error('its X-Amz-Expires is not between 0 and 900');

  const credentialScope = query.get('x-amz-credential') ?? '';
  const [accessKeyId, , region, service] = credentialScope.split('/');
  if (!accessKeyId || !region || service !== 'sts') throw new Error('its credential scope is not for STS');
  const secretAccessKey = await check.secretOf(accessKeyId);
  if (secretAccessKey === null) throw new Error('its access key is not known');
  const sessionToken = query.get('x-amz-security-token');
  const signer = new SignatureV4({
    service: 'sts',
    region,
    sha256: Sha256,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  });
  const version = query.get('version') ?? '';
  const expected = await signer.presign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: version },
      // The verifier puts its own cluster's name here: a token for another cluster has another signature.
      headers: { host: url.host, [clusterHeader]: check.clusterName },
    },
    { expiresIn: expires, signingDate: signedAt },
  );
  if (!same(String(expected.query?.['X-Amz-Signature']), query.get('x-amz-signature') ?? '')) {
    throw new Error('its signature does not fit: another cluster, another secret, or altered');
  }
  return { accessKeyId, credentialScope };
}

function readUrl(token: string): URL {
  if (!token.startsWith(prefix)) throw new Error('it is not an EKS token');
  try {
    return new URL(Buffer.from(token.slice(prefix.length), 'base64url').toString('utf8'));
  } catch {
    throw new Error('it holds no URL');
  }
}

/** `20250131T123456Z`. */
function readDate(text: string | undefined): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) throw new Error('its X-Amz-Date is not a date');
  const [, year, month, day, hour, minute, second] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function same(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
