import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity } from '@smithy/types';

/** How long STS accepts the signature after it is made; EKS itself adds the rest. */
const signatureSeconds = 60;
/** EKS takes a token for 15 minutes from its signing; the last one is given up for clocks that differ. */
const lifeMs = 14 * 60_000;

/**
 * A bearer token for an EKS cluster: a presigned STS GetCallerIdentity request that names the cluster, which EKS replays.
 * @param endpoint the regional STS endpoint
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
export async function eksToken(request: {
  clusterName: string;
  region: string;
  endpoint: URL;
  credentials: AwsCredentialIdentity;
  now: Date;
}): Promise<{ token: string; expiresAt: Date }> {
  const { endpoint, credentials, now } = request;
  const signer = new SignatureV4({ service: 'sts', region: request.region, credentials, sha256: Sha256 });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port ? { port: Number(endpoint.port) } : {}),
      path: endpoint.pathname,
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: endpoint.host, 'x-k8s-aws-id': request.clusterName },
    },
    { expiresIn: signatureSeconds, signingDate: now },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  const url = `${endpoint.origin}${endpoint.pathname}?${query.join('&')}`;
  const end = Math.min(now.getTime() + lifeMs, credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY);
  return { token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`, expiresAt: new Date(end) };
}
