import { z } from 'zod';

const identityAnswer = /<Arn>([^<]+)<\/Arn>/;
const secretAnswer = z.object({ secret: z.string().nullable() });

/** The access key that the local cloud hands out; the emulator takes any other too, but nobody holds its secret. */
export const localCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** Who is who in the emulated account. */
export class EmulatedIdentities {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** The secret of an access key of the local cloud, an emulated user or role session; null where there is none. */
  async secretOf(accessKeyId: string): Promise<string | null> {
    if (accessKeyId === localCredentials.accessKeyId) return localCredentials.secretAccessKey;
    const response = await fetch(`${this.#endpoint}/_hangar/secrets/${encodeURIComponent(accessKeyId)}`);
    return secretAnswer.parse(await response.json()).secret;
  }

  /** The caller's ARN as the emulator's STS tells it; a role's session is given as the role. */
  async arnOf(accessKeyId: string, region: string): Promise<string> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/${region}/sts/aws4_request, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    const arn = identityAnswer.exec(await response.text())?.[1];
    if (!arn) throw new Error(`STS answered ${response.status}`);
    return canonicalArn(arn);
  }
}

/** `arn:aws:sts::1:assumed-role/Role/session` → `arn:aws:iam::1:role/Role`: what access is granted to. */
export function canonicalArn(arn: string): string {
  return arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
}
