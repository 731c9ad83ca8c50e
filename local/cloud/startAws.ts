import { appendFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDns } from '../dns/startDns.js';
import { startGateway } from '../gateway/startGateway.js';
import { CertificateAuthority } from '../kubernetes/CertificateAuthority.js';
import type { ClusterTools } from '../kubernetes/startControlPlane.js';
import { startMoto } from '../moto/startMoto.js';
import type { Supervisor } from '../processes/Supervisor.js';
import { clusterStandIns } from './clusterStandIns.js';
import type { PartStatus } from './LocalCloud.js';

/** The AWS side of the local cloud. */
export interface LocalAws {
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
  stop(): Promise<void>;
}

/**
 * Starts the AWS emulator and the gateway before it; with `clusterTools` EKS clusters become real, and names in
 * Route 53's zones resolve.
 */
export async function startAws(supervisor: Supervisor, python: string, clusterTools?: ClusterTools): Promise<LocalAws> {
  const { dir } = supervisor;
  const moto = await startMoto(supervisor, python);
  const emulator: PartStatus = {
    name: 'aws',
    kind: 'stand-in',
    what: 'moto, an AWS emulator: keeps resources in memory, runs nothing, checks no permission',
    address: moto.endpoint,
    log: moto.program.log,
  };
  if (!clusterTools) {
    const gateway = await startGateway({ motoEndpoint: moto.endpoint });
    return { env: { AWS_ENDPOINT_URL: gateway.endpoint }, parts: [emulator, gateway.part], stop: gateway.stop };
  }
  const registry = join(dir, 'load-balancers');
  const log = join(dir, 'logs', 'stand-ins.log');
  const caFile = join(dir, 'ca.pem');
  await mkdir(registry, { recursive: true });
  const authority = await CertificateAuthority.create('hangar-local-load-balancers');
  await writeFile(caFile, authority.certificate);
  const gateway = await startGateway({
    motoEndpoint: moto.endpoint,
    clusters: {
      supervisor,
      tools: clusterTools,
      behindPods: clusterStandIns({ registry, authority, log: (line) => appendFileSync(log, `${line}\n`) }),
    },
  });
  const dns = await startDns({ awsEndpoint: gateway.endpoint, loadBalancers: registry });
  const dnsAddress = `127.0.0.1:${dns.port}`;
  return {
    env: { AWS_ENDPOINT_URL: gateway.endpoint, HANGAR_DNS_SERVERS: dnsAddress, HANGAR_CA_FILE: caFile },
    parts: [emulator, gateway.part, ...clusterParts(dnsAddress, log)],
    async stop() {
      await dns.stop();
      await gateway.stop();
    },
  };
}

function clusterParts(dnsAddress: string, log: string): PartStatus[] {
  return [
    {
      name: 'kubernetes',
      kind: 'real',
      what: 'one for each EKS cluster: etcd, API server, controller manager, scheduler; start with the cluster',
    },
    {
      name: 'nodes',
      kind: 'stand-in',
      what: 'kwok: nodes and pods that become ready and run nothing; port-forwards into `flyte` reach flyteadmin',
    },
    {
      name: 'flyteadmin',
      kind: 'stand-in',
      what: "one for each cluster: plays FlyteAdmin's REST API and FlytePropeller as the installed chart describes them",
      log,
    },
    {
      name: 'load balancer',
      kind: 'stand-in',
      what: 'one for each cluster: gives services and ingresses an address on this machine',
      log,
    },
    { name: 'dns', kind: 'stand-in', what: "answers for the emulator's Route 53 zones", address: dnsAddress },
  ];
}
