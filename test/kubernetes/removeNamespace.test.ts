import { expect, test } from 'vitest';
import { namespaceHeldBy } from '../../src/kubernetes/removeNamespace.js';

const condition = (type: string, status: string, message: string) => ({ type, status, message, reason: 'X' });

test('finalizers come before the objects that carry them; findings that are not true are left out', () => {
  const status = {
    conditions: [
      condition('NamespaceDeletionDiscoveryFailure', 'False', 'All resources successfully discovered'),
      condition(
        'NamespaceContentRemaining',
        'True',
        'Some resources are remaining: configmaps. has 1 resource instances',
      ),
      condition(
        'NamespaceFinalizersRemaining',
        'True',
        'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      ),
    ],
  };
  expect(namespaceHeldBy({ status })).toBe(
    'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances; ' +
      'Some resources are remaining: configmaps. has 1 resource instances',
  );
});

test('a namespace whose controller has not looked yet is being deleted', () => {
  expect(namespaceHeldBy({ status: {} })).toBe('is being deleted');
});
