import { z } from 'zod';
import type { EmulatedIdentities } from './EmulatedIdentities.js';
import { verifyEksToken } from './verifyEksToken.js';

const review = z.object({ spec: z.object({ token: z.string() }) });

/** What the webhook needs to know of a cluster. */
export interface WebhookCluster {
  readonly name: string;
  readonly region: string;
  /** ARN of who created it: the only one with access, as on a new EKS cluster. */
  readonly creatorArn: string;
}

/** How a TokenReview is answered. */
export interface TokenReviewAnswer {
  readonly apiVersion: 'authentication.k8s.io/v1';
  readonly kind: 'TokenReview';
  readonly status: {
    readonly authenticated: boolean;
    readonly user?: {
      readonly username: string;
      readonly uid: string;
      readonly groups: readonly string[];
      readonly extra: Readonly<Record<string, readonly string[]>>;
    };
    readonly error?: string;
  };
}

/**
 * Answers an API server's TokenReview for one EKS cluster: who holds a good token and created the cluster is a member
 * of system:masters; everybody else is refused.
 * @param body the TokenReview
 * @param gatewayHost `host:port` of the gateway: clients with an endpoint set sign for it instead of STS
 */
export async function eksTokenWebhook(
  body: unknown,
  cluster: WebhookCluster,
  identities: EmulatedIdentities,
  gatewayHost: string,
): Promise<TokenReviewAnswer> {
  try {
    const caller = await verifyEksToken({
      token: review.parse(body).spec.token,
      clusterName: cluster.name,
      hosts: [`sts.${cluster.region}.amazonaws.com`, 'sts.amazonaws.com', gatewayHost],
      now: new Date(),
      secretOf: (accessKeyId) => identities.secretOf(accessKeyId),
    });
    const arn = await identities.arnOf(caller.accessKeyId, cluster.region);
    if (arn !== cluster.creatorArn) return refused(`${arn} has no access to ${cluster.name}`);
    return answer({
      authenticated: true,
      user: {
        username: arn,
        uid: `aws-iam-authenticator:${arn}`,
        groups: ['system:masters'],
        extra: { arn: [arn], accessKeyId: [caller.accessKeyId] },
      },
    });
  } catch (error) {
    return refused(`the token is refused: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refused(error: string): TokenReviewAnswer {
  return answer({ authenticated: false, error });
}

function answer(status: TokenReviewAnswer['status']): TokenReviewAnswer {
  return { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status };
}
