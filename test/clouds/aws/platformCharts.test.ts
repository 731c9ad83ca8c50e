import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../local/packageRoot.js';
import { autoscalerVersion, platformCharts } from '../../../src/clouds/aws/platformCharts.js';
import { serviceAccounts } from '../../../src/graph/StepOutputs.js';
import type { StepRequest } from '../../../src/graph/StepRequest.js';
import { flyteOutputs, flyteSpec } from '../../flyte/flyteFixture.js';

const network = { network_id: 'vpc-1' } as NonNullable<StepRequest['outputs']['network']>;

function charts(change: Parameters<typeof flyteSpec>[0] = {}, expires?: string) {
  const spec = flyteSpec(change);
  const request: StepRequest = {
    spec,
    step: 'platform',
    outputs: { ...flyteOutputs, network },
    ...(expires ? { expires } : {}),
  };
  return Object.fromEntries(
    platformCharts(spec).map((chart) => [chart.release, { ...chart, values: chart.values(request) }]),
  );
}

const roles = flyteOutputs.iam!.identities;

test('each chart is pinned and comes from its project', () => {
  const { 'aws-load-balancer-controller': balancer, 'cluster-autoscaler': autoscaler } = charts();
  expect(balancer).toMatchObject({
    repository: 'https://aws.github.io/eks-charts',
    version: '3.5.0',
    ingressClass: 'alb',
  });
  expect(autoscaler).toMatchObject({ repository: 'https://kubernetes.github.io/autoscaler', version: '9.59.0' });
});

test('each controller runs as the identity made for it, under the service account that the identity trusts', () => {
  const { 'aws-load-balancer-controller': balancer, 'cluster-autoscaler': autoscaler } = charts();
  const account = (role: string, trusted: readonly string[]) => {
    const [namespace, name] = trusted[0]!.split('/');
    return { namespace, account: { create: true, name, annotations: { 'eks.amazonaws.com/role-arn': role } } };
  };
  const first = account(roles['load-balancer-controller'], serviceAccounts['load-balancer-controller']);
  expect(balancer?.namespace).toBe(first.namespace);
  expect(balancer?.values.serviceAccount).toEqual(first.account);
  const second = account(roles['cluster-autoscaler'], serviceAccounts['cluster-autoscaler']);
  expect(autoscaler?.namespace).toBe(second.namespace);
  expect(autoscaler?.values.rbac).toEqual({ serviceAccount: second.account });
});

test('what the load balancer controller makes carries the deployment’s tags, but none that its flag cannot carry', () => {
  const tags = { team: 'data', odd: 'a,b', 'also=odd': 'x' };
  const { values } = charts({ tags }, '2026-01-01T00:00:00Z')['aws-load-balancer-controller']!;
  expect(values.defaultTags).toEqual({
    team: 'data',
    'hangar:deployment': 'research',
    'hangar:step': 'platform',
    'hangar:expires': '2026-01-01T00:00:00Z',
  });
});

test('the load balancer controller leaves alone what its role may not touch', () => {
  const { values } = charts()['aws-load-balancer-controller']!;
  expect(values).toMatchObject({ enableShield: false, enableWaf: false, enableWafv2: false });
});

test('a size decides the replicas', () => {
  const replicas = (size: 'small' | 'medium' | 'large') =>
    Object.values(charts({ size })).map(({ values }) => values.replicaCount);
  expect(replicas('small')).toEqual([1, 1]);
  expect(replicas('medium')).toEqual([2, 2]);
  expect(replicas('large')).toEqual([2, 2]);
  const { values } = charts({ size: 'large' })['aws-load-balancer-controller']!;
  expect(values.podDisruptionBudget).toEqual({ maxUnavailable: 1 });
});

test.each([
  ['1.33', 'v1.33.6'],
  ['1.36', 'v1.36.1'],
  ['1.31', 'v1.31.5'],
  ['1.29', 'v1.31.5'],
  ['1.99', 'v1.36.1'],
])('the autoscaler of a cluster of version %s is %s', (version, tag) => {
  expect(autoscalerVersion(version)).toBe(tag);
});

test('without the outputs it needs, a chart has no values', () => {
  const spec = flyteSpec();
  const request: StepRequest = { spec, step: 'platform', outputs: {} };
  for (const chart of platformCharts(spec))
    expect(() => chart.values(request)).toThrow(expect.objectContaining({ code: 'HGR-901' }));
});

test.each(['small', 'large'] as const)('the stand-in charts take the values of size %s', (size) => {
  for (const { chart, values } of Object.values(charts({ size }, '2026-01-01T00:00:00Z'))) {
    const file = path.join(packageRoot, 'local/charts', chart, 'values.schema.json');
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')));
    validate(values);
    expect(validate.errors).toBeNull();
  }
});
