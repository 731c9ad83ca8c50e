import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP proxy before an emulator that answers chosen requests with an S3 error. */
export class FaultyProxy {
  readonly #server: Server;
  /** Requests answered with an error so far. */
  refused = 0;
  /** Which requests are refused; none to begin with. */
  refuse: (request: IncomingMessage) => boolean = () => false;

  private constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((incoming, answer) => {
      if (this.refuse(incoming)) {
        this.refused += 1;
        incoming.resume();
        answer.writeHead(403, { 'content-type': 'application/xml' });
        answer.end('<Error><Code>AccessDenied</Code><Message>refused by the test</Message></Error>');
        return;
      }
      const { method, url: path, headers } = incoming;
      const outgoing = forward({ hostname, port, method, path, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
  }

  static async start(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
