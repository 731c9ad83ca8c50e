import { describe, expect, it } from 'vitest';
import { eksToken } from '../../../src/clouds/aws/eksToken.js';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const now = new Date('2026-01-02T03:04:05Z');
const request = { clusterName: 'hangar-research', region: 'eu-west-1', now };

function decode(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
}

// The expected signatures are botocore's (1.44.8, SigV4QueryAuth, clock at `now`), which the AWS CLI's get-token uses.
describe('eksToken', () => {
  it('signs as the AWS CLI does, with a session token', async () => {
    const { token } = await eksToken({
      ...request,
      endpoint: new URL('https://sts.eu-west-1.amazonaws.com/'),
      credentials: { ...credentials, sessionToken: 'tok/en+value==' },
    });
    const url = decode(token);
    expect(url.origin + url.pathname).toBe('https://sts.eu-west-1.amazonaws.com/');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260102/eu-west-1/sts/aws4_request',
      'X-Amz-Date': '20260102T030405Z',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
      'X-Amz-Security-Token': 'tok/en+value==',
      'X-Amz-Signature': 'f8e8c5da1c12789b78433d68b8206cc5a7069de421e03feb5f902b2296d9762c',
    });
  });

  it('signs the port of an endpoint that has one', async () => {
    const { token } = await eksToken({ ...request, endpoint: new URL('http://127.0.0.1:4566/'), credentials });
    const url = decode(token);
    expect(url.origin).toBe('http://127.0.0.1:4566');
    expect(url.searchParams.get('X-Amz-Signature')).toBe(
      '214dbf184ff49eb1e1af0077b2fd8b2cd55de6504dc54304d2e4f37323901cce',
    );
    expect(url.searchParams.has('X-Amz-Security-Token')).toBe(false);
  });

  it('is good for 14 minutes, or until the credentials end', async () => {
    const endpoint = new URL('https://sts.eu-west-1.amazonaws.com/');
    const long = await eksToken({ ...request, endpoint, credentials });
    expect(long.expiresAt).toEqual(new Date('2026-01-02T03:18:05Z'));
    const expiration = new Date('2026-01-02T03:10:00Z');
    const short = await eksToken({ ...request, endpoint, credentials: { ...credentials, expiration } });
    expect(short.expiresAt).toEqual(expiration);
  });
});
