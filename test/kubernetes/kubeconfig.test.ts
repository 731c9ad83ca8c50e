import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeKubeconfig } from '../../src/kubernetes/kubeconfig.js';

const access = {
  name: 'research',
  server: 'https://k8s.example',
  certificateAuthority: '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n',
  token: async () => ({ token: 'k8s-aws-v1.secret', expiresAt: new Date(Date.now() + 900_000) }),
};

test('names the cluster, and holds the path of the token rather than the token', async () => {
  const written = await writeKubeconfig(access);
  try {
    const text = readFileSync(written.file, 'utf8');
    expect(text).not.toContain('secret');
    const config = parse(text);
    expect(config['current-context']).toBe('research');
    expect(config.clusters[0].cluster.server).toBe('https://k8s.example');
    expect(Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64').toString()).toBe(
      access.certificateAuthority,
    );
    expect(readFileSync(config.users[0].user.tokenFile, 'utf8')).toBe('k8s-aws-v1.secret');
  } finally {
    await written.remove();
  }
});

test('nobody else may read it, and nothing is left of it', async () => {
  const written = await writeKubeconfig(access);
  const folder = path.dirname(written.file);
  const mode = (file: string) => statSync(file).mode & 0o777;
  expect(mode(folder)).toBe(0o700);
  expect(mode(written.file)).toBe(0o600);
  expect(mode(path.join(folder, 'token'))).toBe(0o600);
  await written.remove();
  expect(existsSync(folder)).toBe(false);
});

test('nothing is left where no token can be had', async () => {
  const failing = { ...access, token: () => Promise.reject(new Error('expired')) };
  const parent = mkdtempSync(path.join(tmpdir(), 'hangar-test-'));
  try {
    await expect(writeKubeconfig(failing, parent)).rejects.toThrow('expired');
    expect(readdirSync(parent)).toEqual([]);
  } finally {
    rmSync(parent, { recursive: true });
  }
});
