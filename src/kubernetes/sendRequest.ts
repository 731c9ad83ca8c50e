import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { HttpMethod, type RequestContext, ResponseContext } from '@kubernetes/client-node';

/**
 * Sends a request and reads the whole answer. In place of the client library's own sender, which reads the body after it
 * has reported success, and whose fetch takes a kept connection that ends for a body cut short.
 * @see https://github.com/node-fetch/node-fetch/issues/1767
 * @throws the network's error, or the signal's reason
 */
export async function sendRequest(
  request: RequestContext,
  { agent, signal }: { readonly agent: https.Agent; readonly signal: AbortSignal },
): Promise<ResponseContext> {
  const answer = await exchange(request, agent, signal).catch((error: unknown) => {
    // The API closed a kept connection just as it was taken up again: reading once more harms nothing.
    if (!(error instanceof StaleConnection) || request.getHttpMethod() !== HttpMethod.GET) throw error;
    return exchange(request, agent, signal);
  });
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
  return new ResponseContext(answer.status, headers, {
    text: async () => answer.body.toString('utf8'),
    binary: async () => answer.body,
  });
}

class StaleConnection extends Error {}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function exchange(request: RequestContext, agent: https.Agent, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = https.request(
      request.getUrl(),
      { method: request.getHttpMethod().toString(), headers: request.getHeaders(), agent, signal },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.once('error', (error: NodeJS.ErrnoException) =>
      reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection(error.message) : error),
    );
    const body = request.getBody();
    outgoing.end(body === undefined || typeof body === 'string' ? body : String(body));
  });
}
