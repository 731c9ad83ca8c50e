import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, secretValues } from '../../src/terraform/redact.js';

describe('redact', () => {
  it.each([
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----!', '[private key]!'],
    ['a cut-off private key', 'x -----BEGIN PRIVATE KEY-----\nMIIE', 'x [private key]'],
    ['a password', 'master_password = "hunter2" and more', 'master_password = [redacted] and more'],
    ['JSON', '{"SecretString":"s3cr3t","a":1}', '{"SecretString":[redacted],"a":1}'],
    ['a header', 'Authorization: Bearer abc.def', 'Authorization: [redacted]'],
    ['an address with a login', 'https://me:pass@example.com/x', 'https://[redacted]@example.com/x'],
    ['an access key', 'key ASIAABCDEFGHIJKLMNOP!', 'key [access key]!'],
    ['nothing', 'not authorized to perform: iam:CreateRole', 'not authorized to perform: iam:CreateRole'],
  ])('takes out %s', (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('takes out every secret it is given, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 8 }), fc.string(), (before, secret, after) => {
        const clean = redact(`${before}${secret}${after}`, [secret]);
        // What stands around it may itself look like a part of the replacement.
        fc.pre(!'[redacted][private key][access key]'.includes(secret));
        expect(clean).not.toContain(secret);
      }),
    );
  });
});

describe('secretValues', () => {
  it('are the values of what is named like a secret, but for those too short to be one', () => {
    expect(
      secretValues({
        PATH: '/usr/bin:/usr/local/bin',
        AWS_REGION: 'us-east-1-is-long',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
        AWS_SESSION_TOKEN: 'FwoGZXIvYXdzE',
        AWS_ACCESS_KEY_ID: 'test',
      }),
    ).toEqual(['wJalrXUtnFEMI', 'FwoGZXIvYXdzE']);
  });
});
