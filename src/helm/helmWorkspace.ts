import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import { writeKubeconfig } from '../kubernetes/kubeconfig.js';
import type { Settings } from '../settings/Settings.js';

/** What one run of helm sees of this machine: a private folder, and an environment that starts empty. */
export interface HelmWorkspace {
  readonly environment: Readonly<Record<string, string>>;
  /** Writes values to a file (0600) in the workspace and gives its path. */
  writeValues(values: object): Promise<string>;
  /** Removes everything, the cluster's token first of all. Always call it. */
  remove(): Promise<void>;
}

/** The caller's own variables that helm gets. HELM_*, KUBE* and the like never pass. */
const inherited = [
  'PATH',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** Older folders were left by workers that were killed. */
const staleMs = 24 * 3_600_000;

/** Makes a workspace below `Settings.home`; only the content-addressed chart cache is shared between runs. */
export async function makeHelmWorkspace(home: Settings['home'], access: ClusterAccess): Promise<HelmWorkspace> {
  const runs = path.join(home, 'helm', 'runs');
  await mkdir(runs, { recursive: true, mode: 0o700 });
  await removeStale(runs);
  const folder = await mkdtemp(path.join(runs, 'run-'));
  const within = (...names: string[]) => path.join(folder, ...names);
  const kubeconfig = await writeKubeconfig(access, folder).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const environment: Record<string, string> = {
    HOME: folder,
    KUBECONFIG: kubeconfig.file,
    HELM_CACHE_HOME: within('cache'),
    HELM_CONFIG_HOME: within('config'),
    HELM_DATA_HOME: within('data'),
    HELM_CONTENT_CACHE: path.join(home, 'helm', 'content'),
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return {
    environment,
    async writeValues(values) {
      const file = within('values.yaml');
      await writeFile(file, stringify(values), { mode: 0o600 });
      return file;
    },
    async remove() {
      await kubeconfig.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function removeStale(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const folder = path.join(runs, name);
    const age =
      Date.now() -
      (await stat(folder).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      ));
    if (age > staleMs) await rm(folder, { recursive: true, force: true });
  }
}
