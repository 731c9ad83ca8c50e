import { setTimeout as sleep } from 'node:timers/promises';
import { CertificateAuthority } from '../kubernetes/CertificateAuthority.js';
import { clusterObjects } from './ClusterObjects.js';
import { elasticLoadBalancers } from './elasticLoadBalancers.js';
import { LoadBalancerController } from './LoadBalancerController.js';
import { writeRegistry } from './loadBalancerRegistry.js';

export interface LoadBalancerOptions {
  /** File; of a member of system:masters. */
  readonly kubeconfig: string;
  /** The local cloud's AWS_ENDPOINT_URL; credentials come from the environment. */
  readonly awsEndpoint: string;
  readonly clusterName: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** What stands behind every service of the cluster: the FlyteAdmin stand-in. */
  readonly target: { readonly host: string; readonly port: number };
  /** Folder that tells the DNS stand-in (local/dns) where the load balancers are. */
  readonly registry: string;
  /** Signs the HTTPS listeners' certificates; its certificate is what HANGAR_CA_FILE must hold. Default: one of its own. */
  readonly authority?: CertificateAuthority;
  readonly log?: (line: string) => void;
}

export interface LoadBalancerStandIn {
  /** PEM of the authority that signed the HTTPS listeners' certificates. */
  readonly certificateAuthority: string;
  /** Stops it; what stands in the emulator and the cluster stays. */
  stop(): Promise<void>;
}

/** The cluster is looked at this often. */
const pollMs = 500;

/**
 * Starts the stand-in for the AWS Load Balancer Controller of one cluster, in this process. Start it with the cluster's
 * control plane and stop it with it; until the chart is installed it does nothing.
 *
 *     const stop = await startLoadBalancer({ kubeconfig, awsEndpoint, clusterName, target, registry, authority });
 *
 * One registry folder and one authority serve all clusters of a local cloud; see also local/dns/startDns.ts, and
 * `standardPortsPermitted` in Frontend.ts for when the public address cannot be reached.
 */
export async function startLoadBalancer(options: LoadBalancerOptions): Promise<LoadBalancerStandIn> {
  const { kubeconfig, awsEndpoint, clusterName, region = 'us-east-1', target, registry, log = () => {} } = options;
  const authority = options.authority ?? (await CertificateAuthority.create('hangar-local-load-balancers'));
  const controller = new LoadBalancerController({
    objects: clusterObjects(kubeconfig),
    balancers: elasticLoadBalancers(awsEndpoint, region),
    authority,
    target,
    log,
    publish: (addresses) => writeRegistry(registry, clusterName, addresses),
  });
  const stopping = new AbortController();
  const running = (async () => {
    let last = '';
    while (!stopping.signal.aborted) {
      const said = await controller.reconcile().then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (said && said !== last && !stopping.signal.aborted) log(said);
      last = said;
      await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    certificateAuthority: authority.certificate,
    async stop() {
      stopping.abort();
      await running;
      await controller.stop();
    },
  };
}
