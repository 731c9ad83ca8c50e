import { describe, expect, test } from 'vitest';
import { trustRefusal } from '../../../local/flyte-admin/checkTrust.js';
import { isAllowed, type PolicyStatement, policyStatements } from '../../../local/flyte-admin/policy.js';

const put = { action: 's3:PutObject', resource: 'arn:aws:s3:::flyte/metadata/a', context: {} };
const allow = (more: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...more,
});

describe('isAllowed', () => {
  test.each<[string, PolicyStatement[], boolean]>([
    ['nothing', [], false],
    ['everything', [allow({})], true],
    ['the very action and object', [allow({ Action: 's3:PutObject', Resource: put.resource })], true],
    ['an action in other case', [allow({ Action: 'S3:putobject' })], true],
    [
      'a list with wildcards',
      [allow({ Action: ['s3:Get*', 's3:Put?bject'], Resource: ['arn:aws:s3:::flyte/*'] })],
      true,
    ],
    ['another action', [allow({ Action: 's3:GetObject' })], false],
    ['the bucket but not its objects', [allow({ Resource: 'arn:aws:s3:::flyte' })], false],
    ['a bucket whose name only begins alike', [allow({ Resource: 'arn:aws:s3:::flyte-2/*' })], false],
    ['a dot is a dot', [allow({ Resource: 'arn:aws:s3:::fl.te/*' })], false],
    ['all but another action', [allow({ Action: undefined, NotAction: 's3:Delete*' })], true],
    ['all but this action', [allow({ Action: undefined, NotAction: 's3:Put*' })], false],
    ['all but this object', [allow({ Resource: undefined, NotResource: 'arn:aws:s3:::flyte/*' })], false],
    ['denied and allowed', [allow({}), { ...allow({ Action: 's3:Put*' }), Effect: 'Deny' }], false],
  ])('%s', (_, statements, expected) => {
    expect(isAllowed(statements, put)).toBe(expected);
  });

  test('conditions must hold, all of them', () => {
    const Condition = {
      StringEquals: { 'kms:ViaService': ['s3.eu.example', 's3.us.example'] },
      StringLike: { 'kms:Arn': 'a*' },
    };
    const holds = (context: Record<string, string>) => isAllowed([allow({ Condition })], { ...put, context });
    expect(holds({ 'kms:viaservice': 's3.us.example', 'kms:arn': 'abc' })).toBe(true);
    expect(holds({ 'kms:viaservice': 's3.us.example', 'kms:arn': 'xyz' })).toBe(false);
    expect(holds({ 'kms:viaservice': 's3.us.example' })).toBe(false);
  });

  test('a bucket that takes TLS only takes TLS', () => {
    const tlsOnly: PolicyStatement = {
      ...allow({}),
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const over = (secure: string) =>
      isAllowed([allow({}), tlsOnly], { ...put, context: { 'aws:securetransport': secure } });
    expect(over('true')).toBe(true);
    expect(over('false')).toBe(false);
  });

  test('a condition of an unknown kind never opens anything', () => {
    const Condition = { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01' } };
    expect(isAllowed([allow({ Condition })], put)).toBe(false);
    expect(isAllowed([allow({}), { ...allow({ Condition }), Effect: 'Deny' }], put)).toBe(false);
  });

  test('documents come as JSON or URL-encoded, with one statement or several', () => {
    const document = JSON.stringify({ Statement: allow({}) });
    expect(policyStatements(document)).toEqual([allow({})]);
    expect(policyStatements(encodeURIComponent(document))).toEqual([allow({})]);
  });
});

describe('trustRefusal', () => {
  const issuer = 'oidc.example/id/1';
  const arn = `arn:aws:iam::1:oidc-provider/${issuer}`;
  const providers = new Map([[arn, { url: issuer, audiences: ['sts.amazonaws.com'] }]]);
  const claims = {
    iss: `https://${issuer}`,
    sub: 'system:serviceaccount:flyte:flyteadmin',
    aud: ['sts.amazonaws.com'],
  };
  const trust = (sub: string | string[], principal = arn, aud = 'sts.amazonaws.com') =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: principal },
          Condition: { StringEquals: { [`${issuer}:aud`]: aud, [`${issuer}:sub`]: sub } },
        },
      ],
    });

  test('trusts the service account that the policy names', () => {
    expect(trustRefusal(trust([claims.sub, 'another']), claims, providers)).toBeUndefined();
  });

  test.each<[string, string | undefined, Partial<typeof claims>, RegExp]>([
    ['another service account', undefined, { sub: 'system:serviceaccount:flyte:other' }, /conditions do not hold/],
    ['another issuer', undefined, { iss: 'https://elsewhere' }, /trusts issuer oidc\.example\/id\/1, the token is of/],
    ['an audience that the provider does not know', undefined, { aud: ['vault'] }, /does not know audience vault/],
    ['a provider that is not there', trust(claims.sub, 'arn:gone'), {}, /no OIDC provider arn:gone/],
    ['an audience that the policy does not want', trust(claims.sub, arn, 'other'), {}, /conditions do not hold/],
    ['nobody', '{"Statement":[]}', {}, /lets nobody/],
  ])('refuses %s', (_, policy, change, reason) => {
    expect(trustRefusal(policy ?? trust(claims.sub), { ...claims, ...change }, providers)).toMatch(reason);
  });
});
