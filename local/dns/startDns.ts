import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Route53Client } from '@aws-sdk/client-route-53';
import { readRegistry } from '../load-balancer/loadBalancerRegistry.js';
import { cutAnswer, readQuestion, responseCodes, udpLimit, writeAnswer } from './dnsMessage.js';
import { readZones } from './readZones.js';
import { type Resolution, resolveName } from './resolveName.js';

export interface DnsOptions {
  /** The local cloud's AWS_ENDPOINT_URL; credentials come from the environment. */
  readonly awsEndpoint: string;
  /** The registry folder of the load-balancer stand-ins. */
  readonly loadBalancers: string;
  /** Default: a free one. */
  readonly port?: number;
}

/** Ports tried until one is free for UDP and TCP alike. */
const attempts = 20;

/**
 * Starts the stand-in for Route 53's name servers on 127.0.0.1, UDP and TCP: it answers from the emulator's hosted zones
 * and knows where the load balancers of the local cloud's clusters listen. One serves the whole local cloud:
 *
 *     const dns = await startDns({ awsEndpoint, loadBalancers: registryFolder });
 *     env.HANGAR_DNS_SERVERS = `127.0.0.1:${dns.port}`;
 */
export async function startDns({ awsEndpoint, loadBalancers, port }: DnsOptions): Promise<{
  port: number;
  stop(): Promise<void>;
}> {
  const route53 = new Route53Client({ endpoint: awsEndpoint, region: 'us-east-1' });
  const answer = (query: Buffer) => answerQuery(query, route53, loadBalancers);
  const { udp, tcp } = await bindBoth(port ?? 0);
  const sockets = new Set<Socket>();
  udp.on('message', async (query, { address, port: sender }) => {
    const answered = await answer(query);
    if (answered) udp.send(answered.message.length > udpLimit ? answered.cut : answered.message, sender, address);
  });
  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serveTcp(socket, answer);
  });
  return {
    port: (tcp.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
      route53.destroy();
    },
  };
}

async function answerQuery(
  query: Buffer,
  route53: Route53Client,
  registry: string,
): Promise<{ message: Buffer; cut: Buffer } | undefined> {
  let question: ReturnType<typeof readQuestion>;
  try {
    question = readQuestion(query);
  } catch {
    // No answer: it is no query, or not one that anybody sends.
    return undefined;
  }
  const resolution: Resolution = await Promise.all([readZones(route53), readRegistry(registry)]).then(
    ([zones, loadBalancers]) => resolveName(question.name, question.type, zones, loadBalancers),
    () => ({ code: responseCodes.serverFailure, records: [] }),
  );
  const message = writeAnswer(question, resolution.code, resolution.records);
  return { message, cut: cutAnswer(message, question) };
}

/** Messages with their length before them; https://datatracker.ietf.org/doc/html/rfc1035#section-4.2.2 */
function serveTcp(socket: Socket, answer: (query: Buffer) => Promise<{ message: Buffer } | undefined>): void {
  let received = Buffer.alloc(0);
  socket.on('data', async (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const query = received.subarray(2, end);
      received = received.subarray(end);
      const answered = await answer(query);
      if (!answered) return void socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answered.message.length, 0);
      socket.write(Buffer.concat([length, answered.message]));
    }
  });
}

/** UDP and TCP on the same port. */
async function bindBoth(port: number): Promise<{ udp: UdpSocket; tcp: Server }> {
  for (let attempt = 1; ; attempt++) {
    const tcp = createServer();
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen(port, '127.0.0.1', resolve);
    });
    const udp = createSocket('udp4');
    try {
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject);
        udp.bind((tcp.address() as AddressInfo).port, '127.0.0.1', resolve);
      });
      return { udp, tcp };
    } catch (error) {
      tcp.close();
      udp.close();
      if (port !== 0 || attempt === attempts) throw error;
    }
  }
}
