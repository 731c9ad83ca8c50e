import { describe, expect, it } from 'vitest';
import { eksRoute } from '../../../local/gateway/eksRoute.js';

describe('eksRoute', () => {
  it.each([
    ['POST', '/clusters', { action: 'CreateCluster' }],
    ['GET', '/clusters/a', { action: 'DescribeCluster', cluster: 'a' }],
    ['DELETE', '/clusters/a', { action: 'DeleteCluster', cluster: 'a' }],
    ['POST', '/clusters/a/update-config', { action: 'UpdateClusterConfig', cluster: 'a' }],
    ['POST', '/clusters/a/node-groups', { action: 'CreateNodegroup', cluster: 'a' }],
    ['GET', '/clusters/a/node-groups/n%20b', { action: 'DescribeNodegroup', cluster: 'a', nodegroup: 'n b' }],
    ['DELETE', '/clusters/a/node-groups/n', { action: 'DeleteNodegroup', cluster: 'a', nodegroup: 'n' }],
    [
      'POST',
      '/clusters/a/node-groups/n/update-config',
      { action: 'UpdateNodegroupConfig', cluster: 'a', nodegroup: 'n' },
    ],
    ['GET', '/clusters/a/updates/u?nodegroupName=n', { action: 'DescribeUpdate', cluster: 'a', update: 'u' }],
  ])('knows %s %s', (method, url, route) => {
    expect(eksRoute(method, url)).toEqual(route);
  });

  it.each([
    ['GET', '/clusters'],
    ['GET', '/clusters/a/node-groups'],
    ['POST', '/clusters/a/fargate-profiles'],
    ['POST', '/clusters/a/node-groups/n/update-version'],
    ['POST', '/tags/arn'],
    ['GET', '/'],
  ])('leaves %s %s alone', (method, url) => {
    expect(eksRoute(method, url)).toBeNull();
  });
});
