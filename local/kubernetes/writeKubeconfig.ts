import { writeFile } from 'node:fs/promises';
import type { KeyPair } from './CertificateAuthority.js';

interface Kubeconfig {
  readonly server: string;
  /** PEM; absent for a server without TLS. */
  readonly certificateAuthority?: string;
  /** Client certificate; absent for an anonymous user. */
  readonly user?: KeyPair;
}

/** Writes a kubeconfig (JSON is YAML) that only its owner may read. */
export async function writeKubeconfig(file: string, { server, certificateAuthority, user }: Kubeconfig): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'local',
        cluster: {
          server,
          ...(certificateAuthority ? { 'certificate-authority-data': base64(certificateAuthority) } : {}),
        },
      },
    ],
    users: [
      {
        name: 'local',
        user: user ? { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) } : {},
      },
    ],
    contexts: [{ name: 'local', context: { cluster: 'local', user: 'local' } }],
    'current-context': 'local',
  };
  await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
}
