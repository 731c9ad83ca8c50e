import { startFlyteAdmin } from '../flyte-admin/startFlyteAdmin.js';
import type { ClusterSetup } from '../gateway/EksClusters.js';
import type { CertificateAuthority } from '../kubernetes/CertificateAuthority.js';
import { startLoadBalancer } from '../load-balancer/startLoadBalancer.js';

interface ClusterStandInOptions {
  /** Folder that tells the DNS stand-in where the load balancers are. */
  readonly registry: string;
  /** Signs the load balancers' certificates. */
  readonly authority: CertificateAuthority;
  readonly log: (line: string) => void;
}

/**
 * What runs beside each cluster in place of what its pods would do: FlyteAdmin, to which port-forwards into Flyte's
 * namespace lead, and the load balancer controller.
 */
export function clusterStandIns({ registry, authority, log }: ClusterStandInOptions): ClusterSetup['behindPods'] {
  return async ({ name, region, kubeconfig, awsEndpoint }) => {
    const common = { kubeconfig, awsEndpoint, clusterName: name, region };
    const admin = await startFlyteAdmin({ ...common, log: (line) => log(`${name} flyte-admin: ${line}`) });
    const loadBalancer = await startLoadBalancer({
      ...common,
      target: { host: '127.0.0.1', port: admin.port },
      registry,
      authority,
      log: (line) => log(`${name} load-balancer: ${line}`),
    });
    const stop = async () => {
      await loadBalancer.stop();
      await admin.stop();
    };
    return [{ namespace: 'flyte', port: admin.port, stop }];
  };
}
