import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProviderMirror } from '../../src/terraform/ProviderMirror.js';
import { writeProgram } from './writeProgram.js';

const lockFile = `provider "registry.terraform.io/hashicorp/aws" {
  version = "5.100.0"
  hashes = [
  ]
}

provider "registry.terraform.io/hashicorp/tls" {
  version = "4.0.6"
  hashes = [
  ]
}
`;

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-mirror-'));
  home = join(folder, 'home');
  await mkdir(home);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A stand-in for `terraform init`: lays out what the root module requires, and counts its runs. */
const installer = (body = '') =>
  writeProgram(
    folder,
    'installer',
    `const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(join(folder, 'runs'))}, process.env.TF_CLI_CONFIG_FILE + '\\n');
${body}
const { required_providers } = JSON.parse(readFileSync('main.tf.json', 'utf8')).terraform;
for (const { source, version } of Object.values(required_providers)) {
  const folder = '.terraform/providers/' + source + '/' + version + '/linux_amd64';
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + '/provider', version);
}`,
  );
const runs = async () => (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).split('\n').slice(0, -1);
const binary = (path: string) =>
  readFile(join(home, 'providers/registry.terraform.io/hashicorp', path, 'provider'), 'utf8');

describe('ProviderMirror', () => {
  it('installs each version once, however many ask at the same time', async () => {
    const program = await installer();
    const prepare = () => new ProviderMirror({ home, program }).prepare(lockFile);
    const configs = await Promise.all(Array.from({ length: 8 }, prepare));
    expect(new Set(configs)).toEqual(new Set([join(home, 'terraform.tfrc')]));
    expect(await runs()).toHaveLength(1);
    expect(await binary('aws/5.100.0/linux_amd64')).toBe('5.100.0');
    expect(await binary('tls/4.0.6/linux_amd64')).toBe('4.0.6');
    expect((await readdir(home)).sort()).toEqual(['providers', 'terraform.tfrc']);
    expect(await readFile(join(home, 'terraform.tfrc'), 'utf8')).toContain(`path = "${join(home, 'providers')}"`);
  });

  it('installs by the configuration it is given, and says what', async () => {
    const program = await installer();
    const told: string[] = [];
    const mirror = new ProviderMirror({ home, program, baseConfig: '/etc/base.tfrc' });
    await mirror.prepare(lockFile, { onInstall: (what) => told.push(what) });
    await mirror.prepare(lockFile, { onInstall: (what) => told.push(what) });
    expect(await runs()).toEqual(['/etc/base.tfrc']);
    expect(told).toEqual(['registry.terraform.io/hashicorp/aws 5.100.0, registry.terraform.io/hashicorp/tls 4.0.6']);
  });

  it('installs anew what links into a mirror that is gone', async () => {
    const version = join(home, 'providers/registry.terraform.io/hashicorp/aws/5.100.0');
    await mkdir(version, { recursive: true });
    await symlink('/nowhere/linux_amd64', join(version, 'linux_amd64'));
    await new ProviderMirror({ home, program: await installer() }).prepare(lockFile);
    expect(await binary('aws/5.100.0/linux_amd64')).toBe('5.100.0');
  });

  it('leaves nothing half installed', async () => {
    const message = JSON.stringify({
      type: 'diagnostic',
      diagnostic: { severity: 'error', summary: 'Failed to install provider', detail: 'no such host' },
    });
    const failing = await installer(`console.log(${JSON.stringify(message)}); process.exit(1);`);
    const prepare = new ProviderMirror({ home, program: failing }).prepare(lockFile);
    await expect(prepare).rejects.toMatchObject({ code: 'HGR-309', retryable: true });
    expect(await readdir(home)).toEqual([]);
  });

  it('has nothing to do without a lock file', async () => {
    const program = await installer();
    expect(await new ProviderMirror({ home, program }).prepare(undefined)).toBeUndefined();
    expect(await new ProviderMirror({ home, program, baseConfig: '/base' }).prepare(undefined)).toBe('/base');
    expect(await runs()).toEqual([]);
  });
});
