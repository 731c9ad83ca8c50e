import { describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { type PlanSummary, parsePlan } from '../../src/terraform/planSummary.js';
import { refuseRemoval } from '../../src/terraform/refuseRemoval.js';
import { recorded } from './recorded.js';

const plan = parsePlan(recorded('risky-plan.json'));
const risksAt = (address: string) => plan.risks.filter((risk) => risk.address === address).map(({ reason }) => reason);

describe('parsePlan', () => {
  it('counts as terraform does, a replacement as one', () => {
    const summary = JSON.parse(
      recorded('risky-plan.jsonl')
        .split('\n')
        .find((line) => line.includes('"change_summary"'))!,
    ).changes;
    expect({ add: plan.add + plan.replace, change: plan.change, remove: plan.remove + plan.replace }).toEqual({
      add: summary.add,
      change: summary.change,
      remove: summary.remove,
    });
    expect(plan.replace).toBe(1);
    expect(plan.empty).toBe(false);
  });

  it('names what changes, not what stays', () => {
    expect(plan.changes).toHaveLength(plan.add + plan.change + plan.remove + plan.replace);
    expect(plan.changes.map(({ action }) => action)).not.toContain('noop');
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        address: 'module.step.aws_sqs_queue.renamed',
        action: 'replace',
        reason: 'replace_because_cannot_update',
      }),
    );
  });

  it('gives the state it was planned on', () => {
    expect(plan.prior.map(({ address }) => address).sort()).toEqual([
      'module.step.aws_s3_bucket.gone[0]',
      'module.step.aws_security_group.always_open',
      'module.step.aws_security_group.opened',
      'module.step.aws_sqs_queue.renamed',
    ]);
    expect(plan.prior.every(({ tainted }) => !tainted)).toBe(true);
  });

  it('tells a plan that would do nothing', () => {
    expect(parsePlan('{"applyable":false}')).toMatchObject({ empty: true, add: 0, changes: [], prior: [] });
  });
});

describe('risks', () => {
  it.each([
    ['aws_s3_bucket.gone[0]', ['is deleted: its data is lost']],
    [
      'aws_sqs_queue.renamed',
      ['is deleted and made anew because the change cannot be made in place: its data is lost'],
    ],
    ['aws_security_group.opened', ['lets the whole internet in']],
    ['aws_security_group_rule.open[0]', ['lets the whole internet in']],
    ['aws_eks_cluster.open[0]', ['the Kubernetes endpoint is open to the whole internet']],
    ['aws_eks_cluster.limited[0]', ['the Kubernetes endpoint is public, for 192.0.2.0/24']],
    ['aws_rds_cluster_instance.public[0]', ['the database has a public address']],
    [
      'aws_s3_bucket_public_access_block.off[0]',
      ['the bucket may become public (block_public_policy, restrict_public_buckets off)'],
    ],
    ['aws_s3_bucket_policy.anybody[0]', ['its policy allows anybody']],
    // As open as before, outward only, or a denial: nothing to look at.
    ['aws_security_group.always_open', []],
    ['aws_security_group_rule.egress[0]', []],
    ['aws_s3_bucket_policy.tls_only[0]', []],
  ])('%s: %j', (address, reasons) => {
    expect(plan.changes.map((change) => change.address)).toContain(`module.step.${address}`);
    expect(risksAt(address)).toEqual(reasons);
  });
});

describe('refuseRemoval', () => {
  it('names all that would go', () => {
    let refused: unknown;
    try {
      refuseRemoval(plan);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(HangarError);
    expect(refused).toMatchObject({ code: 'HGR-310', resource: 'aws_s3_bucket.gone[0]', retryable: false });
    expect((refused as HangarError).problems.map(({ path }) => path)).toEqual([
      'aws_s3_bucket.gone[0]',
      'aws_sqs_queue.renamed',
    ]);
  });

  const replacing = (reason: string): PlanSummary => ({
    ...plan,
    changes: [{ address: 'module.step.a', type: 'a', action: 'replace', reason, before: {}, after: {} }],
  });
  it('lets what was left half made be made anew', () => {
    expect(() => refuseRemoval(replacing('replace_because_tainted'))).not.toThrow();
    expect(() => refuseRemoval(replacing('replace_by_request'))).toThrow(HangarError);
    expect(() => refuseRemoval({ ...plan, changes: [] })).not.toThrow();
  });
});
