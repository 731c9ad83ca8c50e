import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { freePort } from '../processes/freePort.js';
import type { RunningProgram, Supervisor } from '../processes/Supervisor.js';
import type { ClusterPki } from './clusterPki.js';
import type { PodBackend } from './startControlPlane.js';

interface KwokOptions {
  readonly supervisor: Supervisor;
  readonly kwok: string;
  readonly name: string;
  readonly folder: string;
  readonly pki: ClusterPki;
  readonly backends: readonly PodBackend[];
}

/** Starts kwok, which plays every node of a cluster and the life of the pods on it; no container runs. */
export async function startKwok({
  supervisor,
  kwok,
  name,
  folder,
  pki,
  backends,
}: KwokOptions): Promise<RunningProgram> {
  const port = await freePort();
  const config = join(folder, 'kwok-port-forwards.json');
  await writeFile(config, backends.map((backend) => JSON.stringify(clusterPortForward(backend))).join('\n---\n'));
  return supervisor.start({
    name: `${name}/kwok`,
    command: kwok,
    args: [
      `--kubeconfig=${pki.kubeconfigs.admin}`,
      `--config=${join(packageRoot, 'local/kubernetes/kwok/stages.yaml')}`,
      ...(backends.length > 0 ? [`--config=${config}`] : []),
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
      // The API server reaches every kubelet here: for port-forwards, logs, exec.
      '--node-ip=127.0.0.1',
      `--node-port=${port}`,
      `--server-address=127.0.0.1:${port}`,
      `--tls-cert-file=${pki.files.serverCertificate}`,
      `--tls-private-key-file=${pki.files.serverKey}`,
    ],
    ready: async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok,
  });
}

/** https://kwok.sigs.k8s.io/docs/user/port-forward-configuration/ */
function clusterPortForward({ namespace, port }: PodBackend): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name: namespace },
    spec: {
      selector: { matchNamespaces: [namespace] },
      forwards: [{ target: { address: '127.0.0.1', port } }],
    },
  };
}
