import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../src/clouds/aws/bootstrap.js';
import { stateStackTemplate } from '../../../src/clouds/aws/stateStackTemplate.js';
import { FakeStateAccount } from './FakeStateAccount.js';

const target = { account: '123456789012', region: 'eu-west-1' };
const outputs = { state_bucket: 'hangar-state-123456789012-eu-west-1', state_region: 'eu-west-1' };
const run = (account: FakeStateAccount) => bootstrap(account.clients, target);

describe('bootstrap, by the state that the stack is in', () => {
  it.each(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'])(
    '%s: replaces it',
    async (status) => {
      const account = new FakeStateAccount();
      account.put(status);
      expect(await run(account)).toEqual(outputs);
      expect(account.calls).toEqual(['DeleteStack', 'CreateStack']);
      expect(account.stack?.status).toBe('CREATE_COMPLETE');
    },
  );

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])('%s: leaves it', async (status) => {
    const account = new FakeStateAccount();
    account.put(status);
    account.bucket = 'ours';
    expect(await run(account)).toEqual(outputs);
    expect(account.calls).toEqual([]);
  });

  it('UPDATE_ROLLBACK_FAILED: asks for a person', async () => {
    const account = new FakeStateAccount();
    account.put('UPDATE_ROLLBACK_FAILED');
    await expect(run(account)).rejects.toMatchObject({ code: 'HGR-701', next: expect.stringContaining('rollback') });
    expect(account.calls).toEqual([]);
  });

  it('updates an older template, and leaves a newer one', async () => {
    const account = new FakeStateAccount();
    account.bucket = 'ours';
    account.put('CREATE_COMPLETE', { version: '' });
    await run(account);
    expect(account.calls).toEqual(['UpdateStack']);
    account.put('CREATE_COMPLETE', { version: '99' });
    await run(account);
    expect(account.calls).toEqual(['UpdateStack']);
  });

  it('makes stack and bucket anew when somebody has deleted the bucket', async () => {
    const account = new FakeStateAccount();
    account.put('CREATE_COMPLETE');
    await run(account);
    expect(account.calls).toEqual(['DeleteStack', 'CreateStack']);
    expect(account.bucket).toBe('ours');
  });
});

describe('bootstrap, by the bucket that is there without a stack', () => {
  it('adopts its own', async () => {
    const account = new FakeStateAccount();
    account.bucket = 'ours';
    expect(await run(account)).toEqual(outputs);
    expect(account.calls).toEqual(['DeleteBucketPolicy', 'CreateChangeSet', 'ExecuteChangeSet']);
  });

  it.each([
    ['untagged', /has not made/],
    ['foreign', /another account/],
  ] as const)('refuses one that is %s', async (bucket, message) => {
    const account = new FakeStateAccount();
    account.bucket = bucket;
    await expect(run(account)).rejects.toMatchObject({ code: 'HGR-313', message: expect.stringMatching(message) });
    expect(account.calls).toEqual([]);
  });
});

describe('bootstrap, when things go wrong', () => {
  it('tells why CloudFormation failed, and recovers the next time', async () => {
    const account = new FakeStateAccount();
    account.failure = 'API: s3:CreateBucket Access Denied';
    await expect(run(account)).rejects.toMatchObject({
      code: 'HGR-701',
      message: 'creating the stack hangar-state failed: StateBucket: API: s3:CreateBucket Access Denied',
    });
    account.failure = undefined;
    expect(await run(account)).toEqual(outputs);
    expect(account.calls).toEqual(['CreateStack', 'DeleteStack', 'CreateStack']);
  });

  it('takes the stack that another run made a moment earlier', async () => {
    const account = new FakeStateAccount();
    account.meanwhile = (call) => {
      if (call !== 'CreateStack') return;
      account.meanwhile = () => {};
      account.put('CREATE_COMPLETE');
      account.bucket = 'ours';
    };
    expect(await run(account)).toEqual(outputs);
  });

  it('deletes the failed stack it saw, never the one that another run made since', async () => {
    const account = new FakeStateAccount();
    account.put('ROLLBACK_COMPLETE');
    account.meanwhile = (call) => {
      if (call !== 'DeleteStack') return;
      account.meanwhile = () => {};
      account.put('CREATE_COMPLETE');
      account.bucket = 'ours';
    };
    expect(await run(account)).toEqual(outputs);
    expect(account.stack?.id).toBe('arn:stack/2');
    expect(account.calls).toEqual(['DeleteStack']);
  });

  it('stops waiting when it is cancelled', async () => {
    const account = new FakeStateAccount();
    account.put('CREATE_IN_PROGRESS');
    const controller = new AbortController();
    account.meanwhile = () => controller.abort();
    await expect(bootstrap(account.clients, target, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('stateStackTemplate', () => {
  const template = (region: string) => JSON.parse(stateStackTemplate('the-bucket', region));

  it('keeps the bucket when the stack goes, and hides it from the world', () => {
    const { StateBucket, StateBucketPolicy } = template('eu-west-1').Resources;
    expect(StateBucket).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(StateBucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(Object.values(StateBucket.Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(StateBucketPolicy.Properties.PolicyDocument.Statement[0]).toMatchObject({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Resource: ['arn:aws:s3:::the-bucket', 'arn:aws:s3:::the-bucket/*'],
    });
  });

  it('names resources by their partition', () => {
    for (const [region, partition] of [
      ['cn-north-1', 'aws-cn'],
      ['us-gov-west-1', 'aws-us-gov'],
    ]) {
      expect(JSON.stringify(template(region!))).toContain(`arn:${partition}:s3:::the-bucket`);
    }
  });
});
