import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Headers that belong to one connection, not to the message. */
const hopByHop = ['connection', 'keep-alive', 'expect'];

/** An answer held whole, to be read or changed. */
export interface EmulatorAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** The AWS emulator behind the gateway. */
export class Emulator {
  readonly endpoint: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  /** Passes a request and its answer through as they come, in bounded memory. */
  pass(incoming: IncomingMessage, outgoing: ServerResponse, body?: Buffer): void {
    const call = this.#request(incoming, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...without(answer.headers, hopByHop),
        'x-hangar-stand-in': 'moto, an AWS emulator',
      });
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    call.once('error', (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`the AWS emulator: ${error.message}`);
    });
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) call.destroy();
    });
    if (body) call.end(body);
    else incoming.pipe(call);
  }

  /** Asks the emulator what `incoming` asks and holds the answer. */
  answer(incoming: IncomingMessage, body: Buffer): Promise<EmulatorAnswer> {
    return new Promise((resolve, reject) => {
      const call = this.#request(incoming, (answer) => {
        buffer(answer).then(
          (content) =>
            resolve({ status: answer.statusCode ?? 502, headers: without(answer.headers, hopByHop), body: content }),
          reject,
        );
      });
      call.once('error', reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #request(incoming: IncomingMessage, onAnswer: (answer: IncomingMessage) => void) {
    return request(
      `${this.endpoint}${incoming.url}`,
      // The host stays the caller's: the emulator writes it into URLs it gives out.
      { method: incoming.method, headers: without(incoming.headers, hopByHop), agent: this.#agent },
      onAnswer,
    );
  }
}

function without(
  headers: IncomingMessage['headers'],
  names: readonly string[],
): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
