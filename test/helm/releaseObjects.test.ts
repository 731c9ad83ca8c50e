import { expect, test } from 'vitest';
import { releaseObjects } from '../../src/helm/releaseObjects.js';

const manifest = `---
# Source: chart/templates/a.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: account }
---
apiVersion: v1
kind: Secret
metadata: { name: kept, annotations: { helm.sh/resource-policy: keep } }
---
# Source: chart/templates/empty.yaml
---
apiVersion: v1
kind: List
metadata: { name: classes }
items:
  - { apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: { name: alb } }
  - { apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: alb } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: binding, namespace: kube-system }
`;

test('every object of a manifest, also those in lists, but none that is to be kept', () => {
  const found = releaseObjects(manifest, 'flyte');
  expect(found.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'ServiceAccount flyte/account',
    'IngressClassParams flyte/alb',
    'IngressClass flyte/alb',
    'RoleBinding kube-system/binding',
  ]);
});

test('an empty manifest has none', () => {
  expect(releaseObjects('', 'flyte')).toEqual([]);
});
