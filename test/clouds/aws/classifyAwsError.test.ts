import { describe, expect, it } from 'vitest';
import { callAws } from '../../../src/clouds/aws/callAws.js';
import { classifyAwsError } from '../../../src/clouds/aws/classifyAwsError.js';

function awsError(name: string, message = '', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('classifyAwsError', () => {
  it.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', 'HGR-201'],
    ['CredentialsProviderError', 'The SSO session associated with this profile has expired.', 'HGR-202'],
    ['ExpiredToken', 'The security token included in the request is expired', 'HGR-202'],
    ['ExpiredTokenException', '', 'HGR-202'],
    ['RequestExpired', '', 'HGR-202'],
    ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'HGR-201'],
    ['UnrecognizedClientException', '', 'HGR-201'],
    ['AuthFailure', 'AWS was not able to validate the provided access credentials', 'HGR-201'],
    ['SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier than', 'HGR-201'],
    ['AccessDenied', 'User: arn:aws:iam::1:user/x is not authorized to perform: s3:ListBucket', 'HGR-207'],
    ['AccessDeniedException', '', 'HGR-207'],
    ['UnauthorizedOperation', 'You are not authorized', 'HGR-207'],
    ['ThrottlingException', 'Rate exceeded', 'HGR-303'],
    ['Throttling', 'Rate exceeded', 'HGR-303'],
    ['RequestLimitExceeded', 'Request limit exceeded.', 'HGR-303'],
    ['SlowDown', '', 'HGR-303'],
    ['TooManyRequestsException', '', 'HGR-303'],
    ['VpcLimitExceeded', '', 'HGR-208'],
    ['ServiceQuotaExceededException', '', 'HGR-208'],
    ['TooManyBuckets', '', 'HGR-208'],
    ['TimeoutError', 'socket hang up', 'HGR-209'],
    ['InternalFailure', '', 'HGR-209'],
    ['ValidationError', 'something new', 'HGR-701'],
  ])('%s (%s) is %s', (name, message, code) => {
    expect(classifyAwsError(awsError(name, message), 'x:Y', 'HGR-701').code).toBe(code);
  });

  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'SELF_SIGNED_CERT_IN_CHAIN'])(
    'a network error %s is HGR-209, and is tried again',
    (code) => {
      const error = classifyAwsError(Object.assign(new Error('getaddrinfo'), { code }), 'sts:GetCallerIdentity');
      expect(error).toMatchObject({ code: 'HGR-209', retryable: true });
      expect(error.message).toContain(code);
    },
  );

  it('knows errors without a name by their status', () => {
    const unknown = (httpStatusCode: number) => awsError('Unknown', '', { $metadata: { httpStatusCode } });
    expect(classifyAwsError(unknown(403), 's3:HeadBucket').code).toBe('HGR-207');
    expect(classifyAwsError(unknown(503), 's3:HeadBucket').code).toBe('HGR-209');
    expect(classifyAwsError(unknown(400), 's3:HeadBucket').code).toBe('HGR-901');
  });

  it('names the action and says what to do', () => {
    const error = classifyAwsError(awsError('AccessDenied', 'no'), 'iam:ListRoles');
    expect(error.message).toBe('the credentials lack a permission (iam:ListRoles: AccessDenied: no)');
    expect(error.next).toMatch(/permission/);
  });

  it('shows no credential that AWS repeats', () => {
    const token = `FwoGZXIvYXdzE${'a1B2c3D4'.repeat(20)}`;
    const canonical = `The Canonical String for this request should have been\n'GET\nx-amz-security-token:${token}\n'`;
    const texts = [
      classifyAwsError(awsError('SignatureDoesNotMatch', canonical), 'sts:GetCallerIdentity'),
      classifyAwsError(awsError('AccessDenied', `denied: ${canonical}`), 's3:GetObject'),
      classifyAwsError(awsError('Odd', `key ASIAIOSFODNN7EXAMPLE, x-amz-security-token: short`), 's3:GetObject'),
    ].map((error) => `${error.message} ${JSON.stringify(error)} ${String(error.cause)} ${error.stack}`);
    for (const text of texts) {
      expect(text).not.toContain(token.slice(0, 40));
      expect(text).not.toContain('ASIAIOSFODNN7EXAMPLE');
      expect(text).not.toContain('token: short');
    }
  });
});

describe('callAws', () => {
  it('gives undefined for what is absent, and lets an abort through', async () => {
    const fail = (error: Error) => () => Promise.reject(error);
    expect(await callAws('x:Y', fail(awsError('NoSuchKey')), { absent: ['NoSuchKey'] })).toBeUndefined();
    await expect(callAws('x:Y', fail(awsError('NoSuchKey')))).rejects.toMatchObject({ code: 'HGR-901' });
    await expect(callAws('x:Y', fail(awsError('AbortError')))).rejects.toMatchObject({ name: 'AbortError' });
  });
});
