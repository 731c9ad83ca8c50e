/** The EKS calls that the gateway has a hand in; all others go through. */
export type EksRoute =
  | { readonly action: 'CreateCluster' }
  | {
      readonly action: 'DescribeCluster' | 'DeleteCluster' | 'UpdateClusterConfig' | 'CreateNodegroup';
      readonly cluster: string;
    }
  | {
      readonly action: 'DescribeNodegroup' | 'DeleteNodegroup' | 'UpdateNodegroupConfig';
      readonly cluster: string;
      readonly nodegroup: string;
    }
  | { readonly action: 'DescribeUpdate'; readonly cluster: string; readonly update: string };

/**
 * Which EKS call a request is; null for one that the gateway leaves alone.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
export function eksRoute(method: string | undefined, url: string | undefined): EksRoute | null {
  const path = (url ?? '').split('?')[0]!.split('/').slice(1).map(decodeURIComponent);
  const [root, cluster, kind, name, verb] = path;
  if (root !== 'clusters') return null;
  if (cluster === undefined) return method === 'POST' ? { action: 'CreateCluster' } : null;
  if (kind === undefined) {
    if (method === 'GET') return { action: 'DescribeCluster', cluster };
    return method === 'DELETE' ? { action: 'DeleteCluster', cluster } : null;
  }
  if (kind === 'update-config' && method === 'POST') return { action: 'UpdateClusterConfig', cluster };
  if (kind === 'updates' && name !== undefined && method === 'GET')
    return { action: 'DescribeUpdate', cluster, update: name };
  if (kind !== 'node-groups') return null;
  if (name === undefined) return method === 'POST' ? { action: 'CreateNodegroup', cluster } : null;
  if (verb === 'update-config')
    return method === 'POST' ? { action: 'UpdateNodegroupConfig', cluster, nodegroup: name } : null;
  if (verb !== undefined) return null;
  if (method === 'GET') return { action: 'DescribeNodegroup', cluster, nodegroup: name };
  return method === 'DELETE' ? { action: 'DeleteNodegroup', cluster, nodegroup: name } : null;
}
