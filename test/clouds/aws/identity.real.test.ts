import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsClients } from '../../../src/clouds/aws/awsClients.js';
import { identity } from '../../../src/clouds/aws/identity.js';
import { account, type MotoServer, startMotoServer } from './motoServer.js';

let moto: MotoServer;
const before = { ...process.env };

beforeAll(async () => {
  moto = await startMotoServer();
  Object.assign(before, process.env);
});
afterAll(() => moto?.stop());
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** An STS that answers every request with one error. */
async function withAnswer<T>(code: string, message: string, work: () => Promise<T>): Promise<T> {
  const server: Server = createServer((request, response) => {
    const text = message.replace('{authorization}', String(request.headers.authorization));
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(`<ErrorResponse><Error><Code>${code}</Code><Message>${text}</Message></Error></ErrorResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await work();
  } finally {
    server.close();
  }
}

describe('identity', () => {
  it('tells account and principal', async () => {
    expect(await identity(awsClients())).toEqual({ account, principal: expect.stringContaining(`:${account}:`) });
  });

  it('says HGR-201 without credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_CONFIG_FILE: '/dev/null' });
    await expect(identity(awsClients())).rejects.toMatchObject({
      code: 'HGR-201',
      next: expect.stringContaining('aws'),
    });
  });

  it('says HGR-202 when they have expired', async () => {
    await withAnswer('ExpiredToken', 'The security token included in the request is expired', async () => {
      await expect(identity(awsClients())).rejects.toMatchObject({ code: 'HGR-202' });
    });
  });

  it('says HGR-201 when they are refused, and repeats nothing of the request', async () => {
    process.env.AWS_SESSION_TOKEN = `IQoJb3JpZ2luX2VjE${'x'.repeat(200)}`;
    await withAnswer('SignatureDoesNotMatch', 'Canonical string: {authorization}', async () => {
      const error = await identity(awsClients()).catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({ code: 'HGR-201' });
      expect(JSON.stringify(error) + (error as Error).stack).not.toMatch(/Signature=|IQoJb3Jp|Credential=/);
    });
  });

  it('says HGR-209 when nobody answers', async () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
    await expect(identity(awsClients())).rejects.toMatchObject({ code: 'HGR-209', retryable: true });
  });
});
