import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud, Json } from '../../src/clouds/Cloud.js';
import type { StateStore } from '../../src/clouds/StateStore.js';
import { applyStep } from '../../src/terraform/applyStep.js';
import { previewStep } from '../../src/terraform/previewStep.js';
import { thisProcess } from '../../src/terraform/processIdentity.js';
import { removeStep } from '../../src/terraform/removeStep.js';
import type { LeaseRecord } from '../../src/terraform/StepLease.js';
import { StepRun } from '../../src/terraform/StepRun.js';
import { taint } from '../../src/terraform/taint.js';
import { type AwsBench, openAwsBench } from './awsBench.js';
import { openStepBench, type StepBench } from './stepBench.js';

const keys = {
  state: 'deployments/bench/network.tfstate',
  lock: 'deployments/bench/network.tfstate.tflock',
  lease: 'deployments/bench/network.lease.json',
  unsaved: 'deployments/bench/network.unsaved.tfstate',
};
const target = { cloud: 'aws', account: '123456789012', region: 'us-east-1' } as const;

let aws: AwsBench;
let bench: StepBench;
let store: StateStore;
let empty: string[];
beforeAll(async () => {
  aws = await openAwsBench();
  store = aws.cloud.stateStore(target);
  empty = (await aws.resources()).map(({ id }) => id);
});
afterAll(() => aws?.stop());
beforeEach(async () => {
  bench = await openStepBench();
});
afterEach(async () => {
  aws.proxy.refuse = () => false;
  await bench.remove();
});

/** The real AWS part with the fixture as the step's module. */
const attempt = (module = 'aws-small', variables: Record<string, Json> = { name: 'bench' }) => {
  const cloud: Cloud = { ...aws.cloud, terraformModule: () => ({ module, variables }) };
  return bench.attempt({ cloud, settings: aws.settings });
};
const left = async () => (await aws.resources()).map(({ id }) => id).filter((id) => !empty.includes(id));
const putState = ({ method, url }: { method?: string; url?: string }) =>
  method === 'PUT' && new RegExp(`/${keys.state}\\?`).test(`${url}?`);

describe('a step on AWS, its state in S3', () => {
  it('is previewed, made, found unchanged and unmade', async () => {
    const preview = await previewStep(attempt());
    expect(preview).toMatchObject({ add: 11, change: 0, remove: 0, replace: 0, provisional: false });
    expect(await left()).toEqual([]);

    const made = await applyStep(attempt());
    expect(made.changes).toEqual({ add: 11, change: 0, remove: 0 });
    expect(made.outputs.vpc_id).toMatch(/^vpc-/);
    expect(await store.list('deployments/bench/')).toEqual([keys.state]);
    const tagged = await aws.cloud.findByTag(target, 'bench');
    expect(tagged.map(({ step }) => step)).toEqual(tagged.map(() => 'network'));

    expect((await applyStep(attempt())).changes).toEqual({ add: 0, change: 0, remove: 0 });
    expect((await removeStep(attempt())).changes).toEqual({ add: 0, change: 0, remove: 11 });
    expect(await left()).toEqual([]);
    expect(await store.list('deployments/bench/')).toEqual([]);
    expect((await removeStep(attempt())).changes.remove).toBe(0);
  });

  it('is planned as new where there is no state bucket', async () => {
    const request = { ...attempt().request };
    const elsewhere = { ...attempt(), request: { ...request, spec: { ...request.spec, region: 'eu-west-1' } } };
    expect(await previewStep(elsewhere)).toMatchObject({
      add: 11,
      notes: ['there is no state bucket yet: everything is planned as new'],
    });
    expect(await removeStep(elsewhere)).toMatchObject({ changes: { remove: 0 }, leftovers: [] });
  });
});

describe('a locked state', () => {
  const lock = (more = {}) =>
    JSON.stringify({
      ID: '0b6f4c8e-0000-4000-8000-000000000001',
      Operation: 'OperationTypeApply',
      Info: '',
      Who: 'ann@laptop',
      Version: '1.11.4',
      Created: new Date().toISOString(),
      Path: 'x',
      ...more,
    });
  const deadLease = (more: Partial<LeaseRecord> = {}): string =>
    JSON.stringify({
      id: 'dead',
      holder: { ...thisProcess(), started: 'earlier' },
      startedAt: new Date(Date.now() - 5_000).toISOString(),
      renewedAt: new Date().toISOString(),
      ...more,
    });

  it('of somebody else is left alone', async () => {
    await store.put(keys.lock, lock());
    await store.put(keys.lease, deadLease());
    await expect(applyStep(attempt('aws-tiny'))).rejects.toMatchObject({
      code: 'HGR-302',
      retryable: true,
      message: expect.stringContaining('ann@laptop'),
    });
    expect(JSON.parse((await store.get(keys.lock))!.body).Who).toBe('ann@laptop');
    await store.delete(keys.lock);
    expect(await left()).toEqual([]);
  });

  it('of a dead earlier attempt is unlocked', async () => {
    await store.put(keys.lock, lock({ Who: `hangar@${hostname()}` }));
    await store.put(keys.lease, deadLease());
    expect((await applyStep(attempt('aws-tiny'))).changes.add).toBe(2);
    expect(await store.list('deployments/bench/')).toEqual([keys.state]);
    await removeStep(attempt('aws-tiny'));
  });
});

describe('a state that cannot be saved', () => {
  it('is saved by the same attempt as soon as it can be', async () => {
    let puts = 0;
    aws.proxy.refuse = (request) => putState(request) && ++puts <= 2;
    await expect(applyStep({ ...attempt('aws-tiny'), saveWaits: [0.2, 0.2] })).rejects.toMatchObject({
      code: 'HGR-316',
    });
    expect(puts).toBe(3);
    expect(await store.list('deployments/bench/')).toEqual([keys.state]);
    const again = await applyStep(attempt('aws-tiny'));
    expect(again.changes).toEqual({ add: 0, change: 0, remove: 0 });
    await removeStep(attempt('aws-tiny'));
    expect(await left()).toEqual([]);
  });

  it('is kept beside it, and saved by the next attempt', async () => {
    aws.proxy.refuse = putState;
    await expect(applyStep({ ...attempt('aws-tiny'), saveWaits: [0.1] })).rejects.toMatchObject({ code: 'HGR-316' });
    expect(await store.list('deployments/bench/')).toEqual([keys.unsaved]);
    aws.proxy.refuse = () => false;
    const again = await applyStep(attempt('aws-tiny'));
    expect(again.notes).toEqual(['saved the state that an earlier attempt could not save']);
    expect(again.changes).toEqual({ add: 0, change: 0, remove: 0 });
    expect(await store.list('deployments/bench/')).toEqual([keys.state]);
    await removeStep(attempt('aws-tiny'));
  });
});

describe('what the state does not know', () => {
  it('is taken in when the step is made again, by tags, by name and as part of another', async () => {
    const made = await applyStep(attempt());
    await store.delete(keys.state);
    const again = await applyStep(attempt());
    expect(again.outputs).toEqual(made.outputs);
    expect(again.notes).toContain('took aws_vpc.this into the state: an earlier attempt had made it');
    await removeStep(attempt());
    expect(await left()).toEqual([]);
  });

  it('goes when the step is unmade, too', async () => {
    await applyStep(attempt());
    await store.delete(keys.state);
    const report = await removeStep(attempt());
    expect(report.leftovers).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('stays where it is when it belongs to somebody else', async () => {
    const spec = { ...attempt('aws-tiny').request.spec, name: 'other' };
    const theirs = { ...attempt('aws-tiny'), request: { ...attempt('aws-tiny').request, spec } };
    await applyStep(theirs);
    await expect(applyStep(attempt('aws-tiny'))).rejects.toMatchObject({
      code: 'HGR-313',
      resource: 'aws_cloudwatch_log_group.this',
    });
    await removeStep(attempt('aws-tiny'));
    const report = await removeStep(theirs);
    expect(report.leftovers).toEqual([]);
    expect(await left()).toEqual([]);
  });
});

describe('the provider mirror', () => {
  it('is filled once by many at once, and links instead of copying', async () => {
    const previews = await Promise.all(Array.from({ length: 3 }, () => previewStep(attempt('aws-tiny'))));
    expect(previews.map(({ add }) => add)).toEqual([2, 2, 2]);
    expect(await readdir(bench.home)).toEqual(['providers', 'terraform.tfrc', 'workspaces']);
    expect(await readdir(join(bench.home, 'providers/registry.terraform.io/hashicorp/aws'))).toEqual(['5.100.0']);
  });
});

describe('a resource that may not be deleted', () => {
  it('is listed as left over, with its id and the reason, and goes once it may', async () => {
    await applyStep(attempt('aws-tiny'));
    aws.proxy.refuse = ({ headers }) => String(headers['x-amz-target']).endsWith('.DeleteLogGroup');
    const report = await removeStep(attempt('aws-tiny'));
    expect(report.leftovers).toEqual([
      {
        step: 'network',
        resource: 'aws_cloudwatch_log_group.this',
        id: '/bench',
        reason: expect.stringMatching(/^HGR-308 /),
      },
    ]);
    aws.proxy.refuse = () => false;
    expect((await removeStep(attempt('aws-tiny'))).changes.remove).toBe(1);
    expect(await left()).toEqual([]);
  });
});

describe('a cluster whose making was interrupted', () => {
  it('is gone on with, not made anew', async () => {
    const made = await applyStep(attempt('aws-cluster', {}));
    const run = await StepRun.open(attempt('aws-cluster', {}), 'module');
    // As terraform marks what it was making when it was stopped.
    await taint(run.terraform, 'module.step.aws_eks_cluster.this');
    await run.close();

    const again = await applyStep(attempt('aws-cluster', {}));
    expect(again.changes).toEqual({ add: 0, change: 0, remove: 0 });
    expect(again.outputs).toEqual(made.outputs);
    await removeStep(attempt('aws-cluster', {}));
    expect(await left()).toEqual([]);
  });
});
