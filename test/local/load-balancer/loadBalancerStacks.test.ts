import type { V1Ingress, V1Service } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { loadBalancerStacks } from '../../../local/load-balancer/loadBalancerStacks.js';

const settings = { clusterName: 'research', ingressClass: 'alb' };

function ingress(name: string, annotations: Record<string, string> = {}, change: Partial<V1Ingress> = {}): V1Ingress {
  const prefixed = Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]);
  return {
    metadata: { namespace: 'flyte', name, annotations: Object.fromEntries(prefixed), ...change.metadata },
    spec: { ingressClassName: 'alb', ...change.spec },
  };
}

const of = (ingresses: V1Ingress[], services: V1Service[] = []) => loadBalancerStacks(ingresses, services, settings);

describe('ingresses', () => {
  test('of a group share one load balancer, others have one each', () => {
    const stacks = of([ingress('a', { 'group.name': 'g' }), ingress('b', { 'group.name': 'g' }), ingress('c')]);
    expect(stacks.map(({ id, finalizer }) => [id, finalizer])).toEqual([
      ['g', 'group.ingress.k8s.aws/g'],
      ['flyte/c', 'ingress.k8s.aws/resources'],
    ]);
    expect(stacks[0]?.ingresses).toHaveLength(2);
  });

  test('of another class are left alone, unless they still hold our finalizer', () => {
    const other = { spec: { ingressClassName: 'nginx' } };
    const held = { ...other, metadata: { namespace: 'flyte', name: 'y', finalizers: ['ingress.k8s.aws/resources'] } };
    expect(of([ingress('x', {}, other), ingress('y', {}, held)]).map(({ id }) => id)).toEqual(['flyte/y']);
  });

  test('listen where their annotations say', () => {
    const listeners = (annotations: Record<string, string>) => of([ingress('a', annotations)])[0]?.listeners;
    expect(listeners({})).toEqual([{ protocol: 'HTTP', port: 80 }]);
    expect(listeners({ 'certificate-arn': 'arn:x' })).toEqual([{ protocol: 'HTTPS', port: 443 }]);
    expect(listeners({ 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]', 'ssl-redirect': '443' })).toEqual([
      { protocol: 'HTTP', port: 80, redirectTo: 443 },
      { protocol: 'HTTPS', port: 443 },
    ]);
  });

  test('are internal unless they say otherwise', () => {
    const scheme = (annotations: Record<string, string>) => of([ingress('a', annotations)])[0]?.scheme;
    expect(scheme({})).toBe('internal');
    expect(scheme({ scheme: 'internet-facing' })).toBe('internet-facing');
  });

  test('have a load balancer name that AWS takes, another for another cluster', () => {
    const long = ingress('a', { 'group.name': 'a-very-long-group-name-with-dashes' });
    const name = of([long])[0]!.name;
    expect(name).toMatch(/^k8s-[a-zA-Z0-9]{1,17}-[0-9a-f]{10}$/);
    expect(name.length).toBeLessThanOrEqual(32);
    expect(loadBalancerStacks([long], [], { ...settings, clusterName: 'other' })[0]!.name).not.toBe(name);
  });

  test('pass their tags on; a value may hold an equals sign', () => {
    expect(of([ingress('a', { tags: 'one=1,two=a=b,broken' })])[0]?.tags).toEqual({ one: '1', two: 'a=b' });
  });
});

describe('services', () => {
  const service = (spec: V1Service['spec'], finalizers: string[] = []): V1Service => ({
    metadata: { namespace: 'default', name: 'tcp', finalizers },
    spec: { ports: [{ port: 9000 }], ...spec },
  });

  test('of type LoadBalancer have one', () => {
    expect(of([], [service({ type: 'LoadBalancer' }), service({ type: 'ClusterIP' })])).toMatchObject([
      { kind: 'service', id: 'default/tcp', listeners: [{ protocol: 'TCP', port: 9000 }] },
    ]);
  });

  test('of another load balancer class have none here', () => {
    expect(of([], [service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/other' })])).toEqual([]);
  });

  test('that no longer are one are kept in view until their finalizer is gone', () => {
    expect(of([], [service({ type: 'ClusterIP' }, ['service.k8s.aws/resources'])])).toHaveLength(1);
  });
});
