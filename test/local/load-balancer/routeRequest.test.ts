import type { V1HTTPIngressPath, V1Ingress } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { routeRequest } from '../../../local/load-balancer/routeRequest.js';

function ingress(namespace: string, host: string | undefined, paths: [string, string, string][]): V1Ingress {
  return {
    metadata: { namespace },
    spec: {
      rules: [
        {
          ...(host ? { host } : {}),
          http: {
            paths: paths.map(
              ([path, pathType, name]): V1HTTPIngressPath => ({
                path,
                pathType,
                backend: { service: { name, port: { number: 80 } } },
              }),
            ),
          },
        },
      ],
    },
  };
}

const flyte = [
  ingress('flyte', 'flyte.example.com', [
    ['/console', 'ImplementationSpecific', 'console'],
    ['/console/*', 'ImplementationSpecific', 'console'],
    ['/api/*', 'ImplementationSpecific', 'admin'],
    ['/v?/x', 'ImplementationSpecific', 'versioned'],
    ['/exact', 'Exact', 'exact'],
    ['/prefix', 'Prefix', 'prefix'],
    ['/prefix/longer', 'Prefix', 'longer'],
  ]),
  ingress('other', '*.wild.example.com', [['/*', 'ImplementationSpecific', 'wild']]),
];

test.each([
  ['flyte.example.com', '/console', 'console'],
  ['FLYTE.example.com', '/console/projects', 'console'],
  ['flyte.example.com', '/consoles', undefined],
  ['flyte.example.com', '/api/v1/version', 'admin'],
  ['flyte.example.com', '/api', undefined],
  ['flyte.example.com', '/v1/x', 'versioned'],
  ['flyte.example.com', '/v12/x', undefined],
  ['flyte.example.com', '/exact', 'exact'],
  ['flyte.example.com', '/exact/', undefined],
  ['flyte.example.com', '/prefix', 'prefix'],
  ['flyte.example.com', '/prefix/a', 'prefix'],
  ['flyte.example.com', '/prefixed', undefined],
  ['flyte.example.com', '/prefix/longer/a', 'longer'],
  ['other.example.com', '/console', undefined],
  ['a.wild.example.com', '/anything', 'wild'],
  ['wild.example.com', '/anything', undefined],
])('%s%s goes to %s', (host, path, service) => {
  expect(routeRequest(flyte, host, path)?.service).toBe(service);
});

test('a rule without a host takes every host, and the backend is in the ingress’s namespace', () => {
  const any = [ingress('here', undefined, [['/', 'Prefix', 'all']])];
  expect(routeRequest(any, 'whatever', '/x')).toEqual({ namespace: 'here', service: 'all' });
});
