import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortForward } from '@kubernetes/client-node';
import type { ClusterAccess } from './ClusterAccess.js';
import { classifyKubernetesError } from './classifyKubernetesError.js';
import { type KubernetesClient, kubernetesClient } from './kubernetesClient.js';
import { readyPod } from './readyPod.js';

export interface PortForwardTarget {
  readonly namespace: string;
  readonly service: string;
  /** The service's port, by number or name. */
  readonly port: number | string;
  /** How long a connection waits for a ready pod and a websocket, in milliseconds; default 15 000. */
  readonly connectWithinMs?: number;
}

export interface OpenPortForward {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Why the last connection failed; undefined when it did not. */
  lastError(): unknown;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** A new attempt for a connection that found no ready pod. */
const retryMs = 500;

/**
 * Listens on a free local port and forwards each connection to a ready pod behind a service, as
 * `kubectl port-forward service/…` does, but choosing the pod anew for each connection: it outlives restarts of pods.
 * @throws HGR-401, HGR-402, HGR-411 where the service cannot be reached at all, HGR-405 where none of its pods is ready
 */
export async function openPortForward(access: ClusterAccess, target: PortForwardTarget): Promise<OpenPortForward> {
  const client = kubernetesClient(access);
  const sockets = new Set<Socket>();
  let closed = false;
  let lastError: unknown;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A caller that hangs up early is its own business.
    socket.on('error', () => socket.destroy());
    forward(client, target, socket, () => closed).then(
      () => {
        lastError = undefined;
      },
      (error: unknown) => {
        lastError = error;
        socket.destroy();
      },
    );
  });
  try {
    await readyPod(client, target);
    await listen(server);
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    lastError: () => lastError,
    async close() {
      closed = true;
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await stopped;
      client.close();
    },
  };
}

/** Connects one local connection with a pod; returns as soon as bytes can flow. */
async function forward(
  client: KubernetesClient,
  target: PortForwardTarget,
  socket: Socket,
  closed: () => boolean,
): Promise<void> {
  const end = Date.now() + (target.connectWithinMs ?? 15_000);
  for (;;) {
    try {
      return await connect(client, target, socket);
    } catch (error) {
      if (closed() || socket.destroyed || Date.now() + retryMs > end) throw error;
      await sleep(retryMs);
    }
  }
}

async function connect(client: KubernetesClient, target: PortForwardTarget, socket: Socket): Promise<void> {
  const { namespace, pod, port } = await readyPod(client, target);
  // The pod's side reports here that nothing listens on its port.
  const failures = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (chunk.length > 0) socket.destroy();
      done();
    },
  });
  const websocket = await new PortForward(client.kubeConfig)
    .portForward(namespace, pod, [port], socket, failures, socket)
    .catch((event: { message?: string; error?: { code?: string } }) => {
      // Only words and code of the event: the event itself holds the request with its token.
      const failure = Object.assign(new Error(event.message ?? 'no websocket'), { code: event.error?.code });
      throw classifyKubernetesError(failure, client.access);
    });
  // The library gives a function only where it was asked to reconnect by itself.
  if (typeof websocket === 'function') throw new TypeError('a websocket was expected');
  websocket.onclose = () => socket.end();
  websocket.onerror = () => socket.destroy();
  socket.once('close', () => websocket.close());
  if (socket.destroyed) websocket.close();
  socket.resume();
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}
