import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrontendAddress } from './Frontend.js';

/** Addresses of load balancers by host name. */
export type LoadBalancerAddresses = Readonly<Record<string, FrontendAddress>>;

/**
 * The folder through which the load-balancer stand-ins, one a cluster, tell the DNS stand-in where their load balancers
 * are: one JSON file a cluster.
 */
export async function writeRegistry(folder: string, cluster: string, addresses: LoadBalancerAddresses): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${cluster}.json`);
  if (Object.keys(addresses).length === 0) return rm(file, { force: true });
  await writeFile(`${file}.new`, JSON.stringify(addresses, null, 2));
  await rename(`${file}.new`, file);
}

/** The load balancers of all clusters. */
export async function readRegistry(folder: string): Promise<LoadBalancerAddresses> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json'));
  const contents = await Promise.all(
    // A cluster's file goes with its last load balancer.
    files.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '{}')),
  );
  return Object.assign({}, ...contents.map((content) => JSON.parse(content) as LoadBalancerAddresses));
}
