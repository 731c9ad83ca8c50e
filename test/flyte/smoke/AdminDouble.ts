import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the double answers to a route: status and body, or nothing (the connection is cut). */
export type Answer = { status?: number; body?: unknown } | 'cut';

/** An HTTP server that answers as a test says, in FlyteAdmin's place, and remembers what it was asked. */
export class AdminDouble {
  /** By route, as `GET /api/v1/version`; a list is answered in turn, its last answer for ever. */
  readonly answers: Record<string, Answer | Answer[]> = {};
  readonly requests: { route: string; query: string; body: unknown; accept: string | undefined }[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
      const route = `${request.method} ${pathname}`;
      this.requests.push({
        route,
        query: search,
        body: text ? JSON.parse(text) : undefined,
        accept: request.headers.accept,
      });
      const given = this.answers[route];
      const answer = Array.isArray(given) ? (given.length > 1 ? given.shift() : given[0]) : given;
      if (answer === 'cut') {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer ? (answer.status ?? 200) : 404, { 'content-type': 'application/json' });
      const body = answer ? answer.body : { code: 5, message: `no ${route}` };
      response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  asked(route: string) {
    return this.requests.filter((request) => request.route === route);
  }
}
