import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { SmokeCheck, SmokeContext } from './SmokeCheck.js';
import { until } from './until.js';

/** Flyte answers at its domain: the name resolves, the certificate is right, the load balancer leads to FlyteAdmin. */
export const publicAddressCheck: SmokeCheck = {
  name: 'public address',
  // A name that was just written and a load balancer that was just made take minutes.
  withinSeconds: 600,
  skip: ({ spec }) => (spec.domain ? undefined : 'the file has no domain'),
  async run(context) {
    const host = context.spec.domain!;
    const ca = context.settings.caFile
      ? [...rootCertificates, await readFile(context.settings.caFile, 'utf8')]
      : undefined;
    return await until(context, async () => {
      const address = await resolve(host, context.settings.dnsServers);
      const status = await healthStatus(host, address, ca, context.signal);
      if (status !== 200) throw new Error(`https://${host}/healthcheck answers ${status}`);
      return `https://${host} at ${address}`;
    });
  },
  look: ({ spec }) => `kubectl -n flyte describe ingress; dig ${spec.domain}`,
};

/** An address of the host, from the servers given or the system's own. */
async function resolve(host: string, servers: SmokeContext['settings']['dnsServers']): Promise<string> {
  if (isIP(host)) return host;
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const [address] = await resolver.resolve4(host).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${host} does not resolve: ${error.code ?? error.message}`);
  });
  if (!address) throw new Error(`${host} has no address`);
  return address;
}

function healthStatus(
  host: string,
  address: string,
  ca: string[] | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = https.get(
      {
        host: address,
        servername: host,
        headers: { Host: host, Accept: 'application/json' },
        path: '/healthcheck',
        ca,
        agent: false,
        timeout: 15_000,
        signal,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer within 15 s')));
    request.on('error', (error) => reject(new Error(`https://${host} (${address}): ${error.message}`)));
  });
}
