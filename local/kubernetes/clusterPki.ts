import { generateKeyPair } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CertificateAuthority } from './CertificateAuthority.js';
import { writeKubeconfig } from './writeKubeconfig.js';

/** The files of a cluster's certificates, keys and kubeconfigs. */
export interface ClusterPki {
  /** PEM, and the file it is in. */
  readonly certificateAuthority: string;
  readonly files: {
    readonly ca: string;
    readonly caKey: string;
    readonly serverCertificate: string;
    readonly serverKey: string;
    readonly kubeletClientCertificate: string;
    readonly kubeletClientKey: string;
    readonly serviceAccountKey: string;
  };
  /** By user. */
  readonly kubeconfigs: { readonly admin: string; readonly controllerManager: string; readonly scheduler: string };
}

/** Makes all keys and certificates of one cluster below `folder`, readable by their owner alone. */
export async function clusterPki(folder: string, server: string): Promise<ClusterPki> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await CertificateAuthority.create('hangar-local-kubernetes');
  const write = async (name: string, content: string) => {
    const file = join(folder, name);
    await writeFile(file, content, { mode: 0o600 });
    return file;
  };
  const kubeconfig = async (name: string, commonName: string, organization?: string) => {
    const file = join(folder, `${name}.kubeconfig`);
    const user = await authority.issue({ commonName, organization });
    await writeKubeconfig(file, { server, certificateAuthority: authority.certificate, user });
    return file;
  };
  const [serving, kubeletClient, serviceAccount] = await Promise.all([
    authority.issue({
      commonName: 'kube-apiserver',
      hosts: ['127.0.0.1', '10.100.0.1', 'localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
    }),
    authority.issue({ commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' }),
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
  ]);
  return {
    certificateAuthority: authority.certificate,
    files: {
      ca: await write('ca.crt', authority.certificate),
      caKey: await write('ca.key', authority.key),
      serverCertificate: await write('apiserver.crt', serving.certificate),
      serverKey: await write('apiserver.key', serving.key),
      kubeletClientCertificate: await write('kubelet-client.crt', kubeletClient.certificate),
      kubeletClientKey: await write('kubelet-client.key', kubeletClient.key),
      serviceAccountKey: await write(
        'service-account.key',
        serviceAccount.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      ),
    },
    kubeconfigs: {
      admin: await kubeconfig('admin', 'hangar-local-admin', 'system:masters'),
      controllerManager: await kubeconfig('controller-manager', 'system:kube-controller-manager'),
      scheduler: await kubeconfig('scheduler', 'system:kube-scheduler'),
    },
  };
}
