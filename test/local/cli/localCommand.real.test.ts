import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopLocalCloud } from '../../../local/cloud/stopLocalCloud.js';
import { packageRoot } from '../../../local/packageRoot.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hangar-local-'));
});
afterAll(async () => {
  await stopLocalCloud(dir);
  await rm(dir, { recursive: true, force: true });
});

const local = (...args: string[]) =>
  execa(process.execPath, [join(packageRoot, 'bin/hangar.mjs'), 'local', ...args, '--dir', dir], { reject: false });

describe('hangar local', () => {
  it('says when nothing runs', async () => {
    expect(await local('env')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('HGR-805') });
    expect((await local('status')).stdout).toMatch(/^stopped/);
    expect((await local('down')).stdout).toMatch(/^No local cloud ran/);
  });

  it('starts, tells what is real and what is not, and goes on running', async () => {
    const up = await local('up');
    expect(up).toMatchObject({ exitCode: 0 });
    expect(up.stdout).toMatch(/^temporal +real /m);
    expect(up.stdout).toMatch(/^aws +stand-in /m);
    expect(up.stdout).toMatch(/^kubernetes +real /m);
    const status = JSON.parse((await local('status', '--json')).stdout);
    expect(status.state).toBe('running');
    expect(status.programs.map(({ name }: { name: string }) => name).sort()).toEqual(['guard', 'moto', 'temporal']);
  });

  it('prints settings that a shell can take over', async () => {
    const { stdout } = await local('env');
    const shell = await execa('sh', ['-c', `${stdout}\necho $AWS_ENDPOINT_URL $HANGAR_TERRAFORM_CONFIG`]);
    const settings = JSON.parse((await local('env', '--json')).stdout);
    expect(shell.stdout).toBe(`${settings.AWS_ENDPOINT_URL} ${settings.HANGAR_TERRAFORM_CONFIG}`);
  });

  it('finds it running, and gives the same as JSON', async () => {
    const again = JSON.parse((await local('up', '--json')).stdout);
    expect(again.env).toEqual(JSON.parse((await local('env', '--json')).stdout));
  });

  it('ends it', async () => {
    expect(JSON.parse((await local('down', '--json')).stdout)).toMatchObject({ was: 'running', state: 'stopped' });
  });
});
