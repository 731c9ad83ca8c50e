import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ClusterAccess } from './ClusterAccess.js';

/** client-go reads a token file again every minute (https://pkg.go.dev/k8s.io/client-go/transport#NewCachedFileTokenSource). */
const refreshMarginMs = 3 * 60_000;

/** Where a kubeconfig file goes; the token is in a file beside it, so that a long run gets fresh ones. */
export interface KubeconfigFile {
  readonly file: string;
  remove(): Promise<void>;
}

/** The kubeconfig of a cluster whose token stands in `tokenFile`; holds no secret itself. */
export function kubeconfig(access: Omit<ClusterAccess, 'token'>, tokenFile: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: access.name,
        cluster: {
          server: access.server,
          'certificate-authority-data': Buffer.from(access.certificateAuthority).toString('base64'),
        },
      },
    ],
    users: [{ name: 'hangar', user: { tokenFile } }],
    contexts: [{ name: access.name, context: { cluster: access.name, user: 'hangar' } }],
    'current-context': access.name,
  };
}

/**
 * Writes a kubeconfig for a program that cannot use {@link ClusterAccess}, into a private folder of its own (0700, files
 * 0600) inside `parent`, and keeps its token fresh until `remove` is called. Always remove it.
 */
export async function writeKubeconfig(access: ClusterAccess, parent = tmpdir()): Promise<KubeconfigFile> {
  const folder = await mkdtemp(path.join(parent, 'kubeconfig-'));
  const file = path.join(folder, 'config');
  const tokenFile = path.join(folder, 'token');
  let timer: NodeJS.Timeout | undefined;
  let removed = false;

  const refresh = async () => {
    const { token, expiresAt } = await access.token();
    if (removed) return;
    // Renamed into place: the reader never sees half a token.
    await writeFile(`${tokenFile}.new`, token, { mode: 0o600 });
    await rename(`${tokenFile}.new`, tokenFile);
    schedule(expiresAt.getTime() - Date.now() - refreshMarginMs);
  };
  const schedule = (delayMs: number) => {
    // A failed refresh is tried again: until the old token expires nothing is lost.
    timer = setTimeout(() => refresh().catch(() => schedule(10_000)), Math.min(Math.max(delayMs, 10_000), 2 ** 31 - 1));
    timer.unref();
  };
  const remove = async () => {
    removed = true;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await refresh();
    await writeFile(file, stringify(kubeconfig(access, tokenFile)), { mode: 0o600 });
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, remove };
}
