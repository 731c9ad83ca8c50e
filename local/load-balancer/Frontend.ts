import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { CertificateAuthority } from '../kubernetes/CertificateAuthority.js';
import type { Listener } from './loadBalancerStacks.js';
import type { Backend } from './routeRequest.js';

/** Where a load balancer is reached on this machine. */
export interface FrontendAddress {
  /** 127.x.y.z */
  readonly address: string;
  /** By the load balancer's port: the port on this machine; the same where binding it is permitted. */
  readonly ports: Readonly<Record<string, number>>;
}

export interface FrontendOptions {
  readonly hostname: string;
  readonly listeners: readonly Listener[];
  /** Names of the certificates; empty without HTTPS. */
  readonly certificateNames: readonly string[];
  readonly authority: CertificateAuthority;
  /** What stands behind every service: the FlyteAdmin stand-in. */
  readonly target: { readonly host: string; readonly port: number };
  readonly route: (host: string, path: string) => Backend | undefined;
  /** Whether a pod behind the service is ready. */
  readonly ready: (backend: Backend) => boolean;
}

/** A load balancer's listening side, on a loopback address of its own. */
export interface Frontend extends FrontendAddress {
  stop(): Promise<void>;
}

/** Tells callers that this is no Application Load Balancer. */
const standInHeader = { 'x-hangar-stand-in': 'load-balancer' };

/** Starts to listen for one load balancer; tries other loopback addresses where another local cloud has its. */
export async function startFrontend(options: FrontendOptions): Promise<Frontend> {
  const tls = options.certificateNames.length > 0 ? await certificate(options) : undefined;
  const servers: net.Server[] = [];
  const ports: Record<string, number> = {};
  const address = await freeAddress(
    options.hostname,
    options.listeners.map(({ port }) => port),
  );
  for (const listener of options.listeners) {
    const server = serverOf(listener, options, tls);
    if (!server) continue;
    ports[listener.port] = await listen(server, address, listener.port);
    servers.push(server);
  }
  return {
    address,
    ports,
    async stop() {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

function serverOf(
  { protocol, redirectTo }: Listener,
  options: FrontendOptions,
  tls: https.ServerOptions | undefined,
): net.Server | undefined {
  if (protocol === 'TCP') return net.createServer((socket) => pipe(socket, options.target));
  const handle: http.RequestListener = (request, response) =>
    redirectTo ? redirect(request, response, redirectTo) : forward(request, response, options);
  if (protocol === 'HTTP') return http.createServer(handle);
  return tls && https.createServer(tls, handle);
}

function redirect(request: http.IncomingMessage, response: http.ServerResponse, port: number): void {
  const host = hostOf(request);
  const location = `https://${host}${port === 443 ? '' : `:${port}`}${request.url ?? '/'}`;
  response.writeHead(301, { ...standInHeader, location }).end();
}

/** As an Application Load Balancer: 404 without a rule, 503 without a ready target, 502 where the target fails. */
function forward(request: http.IncomingMessage, response: http.ServerResponse, options: FrontendOptions): void {
  const answer = (status: number) => response.writeHead(status, standInHeader).end();
  const backend = options.route(hostOf(request), (request.url ?? '/').split('?', 1)[0]!);
  if (!backend) return void answer(404);
  if (!options.ready(backend)) return void answer(503);
  const { remoteAddress } = request.socket;
  const upstream = http.request({
    ...options.target,
    method: request.method,
    path: request.url,
    headers: {
      ...request.headers,
      'x-forwarded-for': remoteAddress ?? '',
      'x-forwarded-proto': 'encrypted' in request.socket ? 'https' : 'http',
    },
  });
  upstream.on('response', (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, { ...incoming.headers, ...standInHeader });
    incoming.pipe(response);
  });
  upstream.on('error', () => (response.headersSent ? response.destroy() : answer(502)));
  request.pipe(upstream);
}

const hostOf = ({ headers }: http.IncomingMessage): string => (headers.host ?? '').replace(/:\d+$/, '');

function pipe(socket: net.Socket, target: { host: string; port: number }): void {
  const upstream = net.connect(target);
  for (const [one, other] of [
    [socket, upstream],
    [upstream, socket],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
}

async function certificate({ authority, certificateNames, hostname }: FrontendOptions): Promise<https.ServerOptions> {
  const issued = await authority.issue({ commonName: certificateNames[0] ?? hostname, hosts: certificateNames });
  return { cert: issued.certificate, key: issued.key };
}

/** A loopback address, chosen by the name, on which none of the ports is taken; 127.0.0.1 where there are no others (macOS). */
async function freeAddress(hostname: string, ports: readonly number[]): Promise<string> {
  const seed = [...hostname].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  for (let attempt = 0; attempt < 50; attempt++) {
    const value = (seed + attempt * 7919) >>> 0;
    const address = `127.77.${(value >>> 8) % 256}.${1 + (value % 254)}`;
    const taken = await Promise.all(ports.map((port) => probe(address, port)));
    if (taken.includes('EADDRNOTAVAIL')) return '127.0.0.1';
    if (!taken.includes('EADDRINUSE')) return address;
  }
  return '127.0.0.1';
}

/** Why a port cannot be had; undefined when it can. */
async function probe(address: string, port: number): Promise<string | undefined> {
  const server = net.createServer();
  try {
    await bind(server, address, port);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    server.close();
  }
}

/** The port itself where that is permitted, else a free one. */
async function listen(server: net.Server, address: string, port: number): Promise<number> {
  await bind(server, address, port).catch(() => bind(server, address, 0));
  return (server.address() as net.AddressInfo).port;
}

function bind(server: net.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * Whether this user may bind ports 80 and 443 of loopback addresses. Where not, names still resolve but lead to ports
 * that nobody listens on: the smoke test's public check is to be left out, with that as the reason.
 */
export async function standardPortsPermitted(): Promise<boolean> {
  const refusals = await Promise.all([80, 443].map((port) => probe('127.77.255.1', port)));
  return refusals.every((code) => code === undefined || code === 'EADDRINUSE');
}
