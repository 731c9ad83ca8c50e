import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartStatus } from '../cloud/LocalCloud.js';
import { type AwsCall, awsCall } from './awsCall.js';
import { type ClusterSetup, EksClusters } from './EksClusters.js';
import { EmulatedIdentities } from './EmulatedIdentities.js';
import { Emulator } from './Emulator.js';
import { eksTokenWebhook } from './eksTokenWebhook.js';
import { awsErrorBody, type Fault, Faults, faultSchema, throttled } from './Faults.js';

export interface GatewayOptions {
  readonly motoEndpoint: string;
  /** Gives EKS clusters a real control plane; absent: EKS calls go through to the emulator as they are. */
  readonly clusters?: Omit<ClusterSetup, 'gatewayEndpoint'>;
}

export interface Gateway {
  /** What AWS_ENDPOINT_URL takes. */
  readonly endpoint: string;
  readonly part: PartStatus;
  stop(): Promise<void>;
}

/**
 * Starts the gateway before the AWS emulator. It passes everything through and adds what the emulator lacks: EKS
 * clusters that run. Under `/_hangar/` it serves the clusters' token webhook, the list of resources (`resources`) and
 * faults for tests (`faults`: POST a Fault, GET, DELETE).
 */
export async function startGateway({ motoEndpoint, clusters: setup }: GatewayOptions): Promise<Gateway> {
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoint = `http://${host}`;
  const emulator = new Emulator(motoEndpoint);
  const identities = new EmulatedIdentities(motoEndpoint);
  const clusters = setup && new EksClusters(emulator, identities, { ...setup, gatewayEndpoint: endpoint });
  const gateway = new GatewayRequests(emulator, identities, clusters, host);
  server.on('request', (request, response) => {
    gateway.handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        reply(response, 500, {
          __type: 'InternalFailure',
          message: error instanceof Error ? error.message : String(error),
        });
    });
  });
  return {
    endpoint,
    part: {
      name: 'gateway',
      kind: 'stand-in',
      what: clusters
        ? 'before the AWS emulator: gives each EKS cluster a real Kubernetes control plane with simulated nodes'
        : 'before the AWS emulator: passes everything through',
      address: endpoint,
    },
    async stop() {
      await clusters?.stop();
      await close(server);
      emulator.close();
    },
  };
}

class GatewayRequests {
  readonly #emulator: Emulator;
  readonly #identities: EmulatedIdentities;
  readonly #clusters: EksClusters | undefined;
  readonly #host: string;
  readonly #faults = new Faults();

  constructor(emulator: Emulator, identities: EmulatedIdentities, clusters: EksClusters | undefined, host: string) {
    this.#emulator = emulator;
    this.#identities = identities;
    this.#clusters = clusters;
    this.#host = host;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/_hangar/faults') return this.#serveFaults(request, response);
    if (path.startsWith('/_hangar/token-reviews/')) return this.#review(request, response, path);
    if (path === '/_hangar/clusters') return reply(response, 200, this.#listClusters());
    const call = awsCall(request);
    if (this.#faults.none && call?.service !== 'eks') return this.#emulator.pass(request, response);

    const body = await buffer(request);
    const fault = this.#faults.none ? undefined : this.#faults.take(request, call?.service, body);
    if (fault && (await strike(fault, request, response, call))) return;
    const answer = call?.service === 'eks' ? await this.#clusters?.answer(request, call, body) : null;
    if (answer) response.writeHead(answer.status, definite(answer.headers)).end(answer.body);
    else this.#emulator.pass(request, response, body);
  }

  async #review(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [region, name] = path.split('/').slice(3).map(decodeURIComponent);
    const cluster = this.#clusters?.find(region ?? '', name ?? '');
    if (!cluster) return reply(response, 404, { message: `no cluster ${name} in ${region}` });
    reply(response, 200, await eksTokenWebhook(await json(request), cluster, this.#identities, this.#host));
  }

  async #serveFaults(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'DELETE') this.#faults.clear();
    if (request.method === 'POST') {
      const fault = faultSchema.safeParse(await json(request));
      if (!fault.success) return reply(response, 400, { message: fault.error.message });
      this.#faults.add(fault.data);
    }
    reply(response, 200, this.#faults.list());
  }

  #listClusters(): object[] {
    return (this.#clusters?.list() ?? []).map(({ name, region, controlPlane }) => ({
      name,
      region,
      server: controlPlane?.server ?? null,
      kubeconfig: controlPlane?.kubeconfig ?? null,
    }));
  }
}

/** True when the call is done with: cut off or answered with an error. */
async function strike(
  { delayMs, effect }: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  call: AwsCall | null,
): Promise<boolean> {
  await sleep(delayMs);
  if (effect === 'pass') return false;
  if (effect === 'drop') {
    request.socket.destroy();
    return true;
  }
  const error = effect === 'throttle' ? throttled : effect;
  const { type, body, code } = awsErrorBody(request, call?.service, error);
  const head = { 'content-type': type, 'x-amzn-errortype': code, 'x-hangar-stand-in': 'gateway: injected fault' };
  response.writeHead(error.status, head).end(body);
  return true;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function definite(headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | string[]
  >;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
