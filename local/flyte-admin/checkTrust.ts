import { conditionsHold, type PolicyStatement, policyStatements } from './policy.js';

/** What a service account's token says of itself. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
}

/** The claims of a token; its signature is not looked at, as the API server has just given it. */
export function tokenClaims(token: string): TokenClaims {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims;
}

/**
 * Whether a role's trust policy lets a token assume it, as STS decides: the OIDC provider it names must exist, must be
 * the token's issuer and know the audience, and the conditions on `sub` and `aud` must hold.
 * @param providers OIDC providers of the account, by ARN
 * @returns why not; undefined where it does
 */
export function trustRefusal(
  trustPolicy: string,
  claims: TokenClaims,
  providers: ReadonlyMap<string, { readonly url: string; readonly audiences: readonly string[] }>,
): string | undefined {
  const refusals = policyStatements(trustPolicy)
    .filter((statement) => statement.Effect === 'Allow' && allowsWebIdentity(statement))
    .map((statement) => {
      const provider = providers.get(federated(statement));
      if (!provider) return `the account has no OIDC provider ${federated(statement)}`;
      const issuer = provider.url.replace(/^https:\/\//, '');
      if (claims.iss !== `https://${issuer}`) return `it trusts issuer ${issuer}, the token is of ${claims.iss}`;
      const audience = claims.aud.find((candidate) => provider.audiences.includes(candidate));
      if (!audience) return `OIDC provider ${issuer} does not know audience ${claims.aud.join(', ')}`;
      const context = { [`${issuer}:sub`.toLowerCase()]: claims.sub, [`${issuer}:aud`.toLowerCase()]: audience };
      return conditionsHold(statement, context) ? undefined : `its conditions do not hold for ${claims.sub}`;
    });
  if (refusals.includes(undefined)) return undefined;
  return refusals[0] ?? 'it lets nobody assume it with a web identity';
}

function allowsWebIdentity({ Action }: PolicyStatement): boolean {
  return [Action].flat().includes('sts:AssumeRoleWithWebIdentity');
}

function federated({ Principal }: PolicyStatement): string {
  return String((Principal as { Federated?: string } | undefined)?.Federated ?? '');
}
