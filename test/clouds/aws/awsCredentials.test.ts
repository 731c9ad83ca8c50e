import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awsCredentials } from '../../../src/clouds/aws/awsCredentials.js';

let folder: string;
let file: string;
const write = (key: string) => writeFile(file, `[default]\naws_access_key_id=${key}\naws_secret_access_key=s\n`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-credentials-'));
  file = join(folder, 'credentials');
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('reads a renewed file after ten minutes, and not at every request', async () => {
  const credentials = awsCredentials();
  await write('first');
  expect((await credentials()).accessKeyId).toBe('first');
  await write('second');
  expect((await credentials()).accessKeyId).toBe('first');
  vi.setSystemTime(Date.now() + 10 * 60_000);
  expect((await credentials()).accessKeyId).toBe('second');
});

it('answers all who ask at the same moment with the same', async () => {
  await write('only');
  const credentials = awsCredentials();
  const all = await Promise.all([credentials(), credentials(), credentials()]);
  expect(new Set(all).size).toBe(1);
});

it('asks again after a failure', async () => {
  const credentials = awsCredentials();
  await expect(credentials()).rejects.toMatchObject({ name: 'CredentialsProviderError' });
  await write('late');
  expect((await credentials()).accessKeyId).toBe('late');
});
