import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { HttpMethod, RequestContext } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CertificateAuthority } from '../../local/kubernetes/CertificateAuthority.js';
import { sendRequest } from '../../src/kubernetes/sendRequest.js';

let server: https.Server;
let agent: https.Agent;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests = 0;

beforeAll(async () => {
  const authority = await CertificateAuthority.create('test');
  const { certificate, key } = await authority.issue({ commonName: 'server', hosts: ['127.0.0.1'] });
  server = https.createServer({ cert: certificate, key }, (request, response) => {
    requests++;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  agent = new https.Agent({ ca: authority.certificate, keepAlive: true });
});
afterAll(() => {
  agent.destroy();
  server.close();
});
beforeEach(() => {
  requests = 0;
});

function send(method = HttpMethod.GET, signal = AbortSignal.timeout(5_000)) {
  const { port } = server.address() as AddressInfo;
  const request = new RequestContext(`https://127.0.0.1:${port}/apis`, method);
  if (method !== HttpMethod.GET) request.setBody('{"a":1}');
  return sendRequest(request, { agent, signal });
}

it('gives status, headers and the whole of a body in many chunks, many at once', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let index = 0; index < 100; index++) response.write('x'.repeat(1000));
    response.end();
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
  for (const { httpStatusCode, headers, body } of answers) {
    expect(httpStatusCode).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(await body.text()).toHaveLength(100_000);
  }
});

it('sends a body', async () => {
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end(`${request.method} ${Buffer.concat(chunks)}`);
  };
  expect(await (await send(HttpMethod.POST)).body.text()).toBe('POST {"a":1}');
});

it('reads again over a new connection when a kept one is closed, and writes only once', async () => {
  const closeOnSecond = (request: IncomingMessage, response: ServerResponse) => {
    const socket = request.socket as typeof request.socket & { used?: boolean };
    if (socket.used) return socket.destroy();
    socket.used = true;
    response.end('answered');
  };
  answer = closeOnSecond;
  agent.destroy();
  await send();
  expect(await (await send()).body.text()).toBe('answered');
  expect(requests).toBe(3);
  await expect(send(HttpMethod.POST)).rejects.toThrow();
  expect(requests).toBe(4);
});

it('takes a body that ends too early for a failure', async () => {
  answer = (request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('short');
    setImmediate(() => request.socket.destroy());
  };
  agent.destroy();
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('ends when it is told to', async () => {
  answer = () => undefined;
  await expect(send(HttpMethod.GET, AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'ABORT_ERR' });
});
