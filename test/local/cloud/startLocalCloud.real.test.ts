import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readCloudFile } from '../../../local/cloud/cloudFile.js';
import { localCloudStatus } from '../../../local/cloud/localCloudStatus.js';
import { startLocalCloud } from '../../../local/cloud/startLocalCloud.js';
import { stopLocalCloud } from '../../../local/cloud/stopLocalCloud.js';
import { packageRoot } from '../../../local/packageRoot.js';
import { readRecords } from '../../../local/processes/processRecords.js';
import { processStartTime } from '../../../local/processes/processStartTime.js';

const dirs: string[] = [];
async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hangar-cloud-'));
  dirs.push(dir);
  return dir;
}
afterEach(async () => {
  for (const dir of dirs.splice(0)) {
    await stopLocalCloud(dir);
    await rm(dir, { recursive: true, force: true });
  }
});

/** Every process of a local cloud: its supervisor and its programs. */
const pids = (dir: string) => [readCloudFile(dir)!.pid, ...readRecords(dir).map(({ pid }) => pid)];

async function untilEnded(processes: readonly number[]): Promise<void> {
  for (let tries = 0; processes.some((pid) => processStartTime(pid) !== null); tries++) {
    if (tries === 400) throw new Error('still running after 20 s');
    await sleep(50);
  }
}

const aws = { parts: ['aws'] } as const;
const answers = async (endpoint: string) => (await fetch(`${endpoint}/_hangar/resources`)).ok;

describe('startLocalCloud', () => {
  it('runs two side by side; the end of one leaves the other', async () => {
    const [left, right] = await Promise.all(
      [await newDir(), await newDir()].map((dir) => startLocalCloud({ dir, ...aws })),
    );
    expect(left!.env.AWS_ENDPOINT_URL).not.toBe(right!.env.AWS_ENDPOINT_URL);
    await left!.stop();
    expect(await answers(right!.env.AWS_ENDPOINT_URL!)).toBe(true);
    await expect(answers(left!.env.AWS_ENDPOINT_URL!)).rejects.toThrow();
  });

  it('finds the one that runs, from whoever asks, also at once', async () => {
    const dir = await newDir();
    const [first, second] = await Promise.all([startLocalCloud({ dir, ...aws }), startLocalCloud({ dir, ...aws })]);
    expect(second.env).toEqual(first.env);
    expect(readRecords(dir).filter(({ name }) => name === 'moto')).toHaveLength(1);
  });

  it('says that the one that runs lacks a part', async () => {
    const dir = await newDir();
    await startLocalCloud({ dir, ...aws });
    await expect(startLocalCloud({ dir, parts: ['aws', 'temporal'] })).rejects.toMatchObject({ code: 'HGR-804' });
  });

  it('leaves no process and only logs', async () => {
    const dir = await newDir();
    const cloud = await startLocalCloud({ dir, ...aws });
    const processes = pids(dir);
    expect(processes).toHaveLength(3);
    await cloud.stop();
    await untilEnded(processes);
    expect(await readdir(dir)).toEqual(['logs']);
    expect(localCloudStatus(dir).state).toBe('stopped');
  });

  it('leaves no process when its supervisor is killed', async () => {
    const dir = await newDir();
    await startLocalCloud({ dir, ...aws });
    const processes = pids(dir);
    process.kill(readCloudFile(dir)!.pid, 'SIGKILL');
    await untilEnded(processes);
    expect(localCloudStatus(dir).state).toBe('crashed');
    await stopLocalCloud(dir);
    expect(localCloudStatus(dir).state).toBe('stopped');
  });

  it('is cleaned up after when supervisor and guard are both killed', async () => {
    const dir = await newDir();
    await startLocalCloud({ dir, ...aws });
    const processes = pids(dir);
    process.kill(readRecords(dir).find(({ name }) => name === 'guard')!.pid, 'SIGKILL');
    process.kill(readCloudFile(dir)!.pid, 'SIGKILL');
    await stopLocalCloud(dir);
    await untilEnded(processes);
  });

  it('ends when its folder is removed under it', async () => {
    const dir = await newDir();
    await startLocalCloud({ dir, ...aws });
    const processes = pids(dir);
    await rm(dir, { recursive: true, force: true });
    await untilEnded(processes);
  });

  it.each([
    ['goes on when its starter is killed', false],
    ['ends with its starter when it is tied to it', true],
  ])('%s', async (_what, tied) => {
    const dir = await newDir();
    const starter = spawn(process.execPath, ['--input-type=module', '-e', starterScript, dir, String(tied)], {
      stdio: 'ignore',
    });
    for (let tries = 0; !existsSync(join(dir, 'started')); tries++) {
      if (tries === 600) throw new Error('not started within 30 s');
      await sleep(50);
    }
    const processes = pids(dir);
    const { AWS_ENDPOINT_URL } = readCloudFile(dir)!.env;
    starter.kill('SIGKILL');
    if (tied) await untilEnded(processes);
    else {
      await sleep(500);
      expect(await answers(AWS_ENDPOINT_URL!)).toBe(true);
    }
  });
});

const starterScript = `
  import { writeFileSync } from 'node:fs';
  import { startLocalCloud } from ${JSON.stringify(join(packageRoot, 'dist/local/cloud/startLocalCloud.js'))};
  const [dir, tied] = process.argv.slice(1);
  await startLocalCloud({ dir, parts: ['aws'], tied: tied === 'true' });
  writeFileSync(dir + '/started', '');
  setInterval(() => undefined, 1000);
`;
