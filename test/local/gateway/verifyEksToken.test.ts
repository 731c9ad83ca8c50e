import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyEksToken } from '../../../local/gateway/verifyEksToken.js';
import { eksToken } from '../../../src/clouds/aws/eksToken.js';

const sts = 'sts.us-east-1.amazonaws.com';
const now = new Date('2026-03-01T12:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A token as the product makes it. */
async function make(change: Partial<Parameters<typeof eksToken>[0]> = {}): Promise<string> {
  const { token } = await eksToken({
    clusterName: 'research',
    region: 'us-east-1',
    endpoint: new URL(`https://${sts}`),
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    now,
    ...change,
  });
  return token;
}

const check = (token: string) =>
  verifyEksToken({
    token,
    clusterName: 'research',
    hosts: [sts, '127.0.0.1:4000'],
    now,
    secretOf: async (accessKeyId) => (accessKeyId === 'test' ? 'test' : null),
  });

/** The token with its URL changed. */
function altered(token: string, change: (url: URL) => void): string {
  const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
  change(url);
  return `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
}

describe('verifyEksToken', () => {
  it('takes a token that the product made', async () => {
    expect(await check(await make())).toMatchObject({ accessKeyId: 'test' });
  });

  it('takes one signed for the endpoint that AWS_ENDPOINT_URL names', async () => {
    expect(await check(await make({ endpoint: new URL('http://127.0.0.1:4000') }))).toMatchObject({
      accessKeyId: 'test',
    });
  });

  it('takes one of a session, whose token is signed as well', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'a/b+c==' };
    expect(await check(await make({ credentials }))).toMatchObject({ accessKeyId: 'test' });
  });

  it('takes one for a quarter of an hour', async () => {
    expect(await check(await make({ now: minutes(-14.9) }))).toMatchObject({ accessKeyId: 'test' });
    await expect(check(await make({ now: minutes(-15.1) }))).rejects.toThrow('it has expired');
    await expect(check(await make({ now: minutes(6) }))).rejects.toThrow('dated in the future');
  });

  it.each<[string, Partial<Parameters<typeof eksToken>[0]>, string]>([
    ['for another cluster', { clusterName: 'production' }, 'its signature does not fit'],
    [
      'with another secret',
      { credentials: { accessKeyId: 'test', secretAccessKey: 'guess' } },
      'its signature does not fit',
    ],
    [
      'of a key nobody has',
      { credentials: { accessKeyId: 'AKIA', secretAccessKey: 'test' } },
      'access key is not known',
    ],
    ['for another host', { endpoint: new URL('https://sts.example.com') }, 'its host is sts.example.com'],
  ])('refuses a token %s', async (_what, change, reason) => {
    await expect(check(await make(change))).rejects.toThrow(reason);
  });

  it.each<[string, (url: URL) => void, string]>([
    ['another action', (url) => url.searchParams.set('Action', 'AssumeRole'), 'its action is AssumeRole'],
    ['a parameter more', (url) => url.searchParams.set('RoleArn', 'x'), 'it has a parameter RoleArn'],
    ['a parameter twice', (url) => url.searchParams.append('action', 'GetCallerIdentity'), 'it has action twice'],
    ['another path', (url) => (url.pathname = '/other'), 'its path is /other'],
    ['no signed cluster', (url) => url.searchParams.set('X-Amz-SignedHeaders', 'host'), 'names no cluster'],
    ['a long life', (url) => url.searchParams.set('X-Amz-Expires', '901'), 'not between 0 and 900'],
    ['no date', (url) => url.searchParams.delete('X-Amz-Date'), 'X-Amz-Date is not a date'],
    ['another date', (url) => url.searchParams.set('X-Amz-Date', '20260301T115900Z'), 'its signature does not fit'],
    ['no signature', (url) => url.searchParams.delete('X-Amz-Signature'), 'its signature does not fit'],
  ])('refuses a token with %s', async (_what, change, reason) => {
    await expect(check(altered(await make(), change))).rejects.toThrow(reason);
  });

  it.each(['', 'k8s-aws-v1.', 'k8s-aws-v1.%%%', 'eyJhbGciOiJSUzI1NiJ9.e30.x'])('refuses %j', async (token) => {
    await expect(check(token)).rejects.toThrow(/not an EKS token|holds no URL/);
  });

  it('refuses any token with one signature character changed', async () => {
    const token = await make();
    await fc.assert(
      fc.asyncProperty(fc.nat(63), async (place) => {
        const changed = altered(token, (url) => {
          const signature = url.searchParams.get('X-Amz-Signature')!;
          const other = signature[place] === '0' ? '1' : '0';
          url.searchParams.set('X-Amz-Signature', signature.slice(0, place) + other + signature.slice(place + 1));
        });
        await expect(check(changed)).rejects.toThrow('its signature does not fit');
      }),
    );
  });
});
