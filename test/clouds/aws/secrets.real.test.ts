import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { awsCloud } from '../../../src/clouds/aws/awsCloud.js';
import type { Cloud } from '../../../src/clouds/Cloud.js';
import { deploymentSpec } from '../../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';
import { target } from './motoServer.js';

const spec = deploymentSpec.parse({ ...minimalSpec, domain: 'flyte.example.com' });
const dns = { domain: spec.domain!, zone_id: 'Z1', zone_name: 'example.com', name_servers: [], certificate_id: null };
const canaries = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYCANARY1234',
  AWS_SECRET_ACCESS_KEY: 'secretcanary/secretcanary+secretcanary00',
  AWS_SESSION_TOKEN: 'tokencanarytokencanary/token+canary==',
};

/** Everything in Cloud that talks to AWS. */
const calls: Record<string, (cloud: Cloud) => Promise<unknown>> = {
  identity: (cloud) => cloud.identity(),
  preflight: (cloud) => cloud.preflight(spec),
  bootstrap: (cloud) => cloud.bootstrap(target),
  deleteBootstrap: (cloud) => cloud.deleteBootstrap(target),
  get: (cloud) => cloud.stateStore(target).get('k'),
  put: (cloud) => cloud.stateStore(target).put('k', 'v'),
  delete: (cloud) => cloud.stateStore(target).delete('k'),
  list: (cloud) => cloud.stateStore(target).list('k'),
  clusterAccess: (cloud) => cloud.clusterAccess(spec, { cluster_name: 'c' }),
  readSecret: (cloud) => cloud.readSecret('id', spec.region),
  writeRecords: (cloud) => cloud.writeRecords(spec, dns, 'lb.example.net'),
  removeRecords: (cloud) => cloud.removeRecords(spec, dns),
  findByTag: (cloud) => cloud.findByTag(target, 'research'),
  removeSchedules: (cloud) => cloud.removeSchedules(spec),
  findOrphans: (cloud) => cloud.findOrphans(spec, 'c'),
};

/** Errors as AWS words them, with all of the request in their text, as some of its services do. */
function echo(request: IncomingMessage, code: string): { type: string; body: string } {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}:${value}`);
  const text = `The Canonical String should have been '${request.method} ${request.url} ${headers.join('\n')}'`;
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const json = /json/.test(request.headers['content-type'] ?? '') || request.url?.startsWith('/clusters');
  if (json) return { type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message: text }) };
  const error = `<Error><Code>${code}</Code><Message>${escaped}</Message></Error>`;
  const body =
    request.headers.host?.startsWith('s3') || request.url?.startsWith('/hangar')
      ? error
      : `<ErrorResponse>${error}</ErrorResponse>`;
  return { type: 'text/xml', body };
}

describe.each(['SignatureDoesNotMatch', 'AccessDenied', 'SomethingNew'])(
  'when AWS answers %s and repeats the request',
  (code) => {
    const before = { ...process.env };
    const printed: string[] = [];
    let server: Server;
    let asked = 0;

    beforeAll(async () => {
      server = createServer((request, response) => {
        asked++;
        const { type, body } = echo(request, code);
        response.writeHead(403, {
          'content-type': type,
          ...(type.includes('json') ? { 'x-amzn-errortype': code } : {}),
        });
        response.end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      Object.assign(process.env, canaries, { AWS_ENDPOINT_URL, AWS_REGION: 'us-east-1' });
      for (const stream of [process.stdout, process.stderr]) {
        vi.spyOn(stream, 'write').mockImplementation((chunk) => Boolean(printed.push(String(chunk))));
      }
    });
    afterAll(() => {
      vi.restoreAllMocks();
      server.close();
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    });

    it.each(Object.keys(calls))('%s shows no credential', async (name) => {
      asked = 0;
      const outcome = await calls[name]!(awsCloud()).catch((error: unknown) => error);
      expect(asked).toBeGreaterThan(0);
      const shown = [inspect(outcome, { depth: 10, showHidden: true }), JSON.stringify(outcome), ...printed].join('\n');
      expect(shown).toMatch(/HGR-|undefined/);
      for (const canary of Object.values(canaries)) expect(shown).not.toContain(canary);
      expect(shown).not.toMatch(/Signature=[0-9a-f]{16}/);
    });
  },
);
