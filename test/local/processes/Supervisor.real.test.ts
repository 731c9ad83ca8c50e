import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../local/packageRoot.js';
import { readRecords, writeRecord } from '../../../local/processes/processRecords.js';
import { processStartTime } from '../../../local/processes/processStartTime.js';
import { Supervisor } from '../../../local/processes/Supervisor.js';
import { stopRecorded } from '../../../local/processes/stopProcess.js';

let dir: string;
let supervisor: Supervisor;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hangar-supervisor-'));
  supervisor = new Supervisor(dir);
});
afterEach(async () => {
  await supervisor.stop();
  await rm(dir, { recursive: true, force: true });
});

const shell = (name: string, script: string) => ({ name, command: '/bin/sh', args: ['-c', script] });

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries === 200) throw new Error(`not within 10 s: ${what}`);
    await sleep(50);
  }
}

describe('Supervisor', () => {
  it('waits until a program is ready, and keeps what it prints', async () => {
    const program = await supervisor.start({
      ...shell('one', 'echo hello; sleep 0.2; touch ready; sleep 600'),
      ready: async () => existsSync(join(dir, 'ready')),
    });
    expect(program.running()).toBe(true);
    expect(await readFile(program.log, 'utf8')).toBe('hello\n');
  });

  it('gives programs a home inside its folder and nothing of ours', async () => {
    process.env.HANGAR_TEST_SECRET = 'secret';
    const program = await supervisor.start({ ...shell('one', 'env; sleep 600'), env: { EXTRA: 'yes' } });
    await until('it prints', async () => (await readFile(program.log, 'utf8')).includes('EXTRA=yes'));
    const printed = await readFile(program.log, 'utf8');
    expect(printed).toContain(`HOME=${join(dir, 'home')}`);
    expect(printed).not.toContain('HANGAR_TEST_SECRET');
    delete process.env.HANGAR_TEST_SECRET;
  });

  it('tells why a program ended before it was ready', async () => {
    const start = supervisor.start({ ...shell('one', 'echo no such flag; exit 3'), ready: async () => false });
    await expect(start).rejects.toMatchObject({ code: 'HGR-804' });
    await expect(start).rejects.toThrow(/one ended with code 3: no such flag/);
  });

  it('ends a program that is not ready in time', async () => {
    const start = supervisor.start({ ...shell('one', 'sleep 600'), ready: async () => false, readyWithinMs: 200 });
    await expect(start).rejects.toThrow(/one was not ready within/);
    expect(readRecords(dir).map(({ name }) => name)).toEqual(['guard']);
  });

  it('tells of a program that cannot be run', async () => {
    await expect(supervisor.start({ name: 'one', command: '/no/such', args: [] })).rejects.toThrow(/cannot be run/);
  });

  it('ends programs that ignore SIGTERM, and the children of programs', async () => {
    const stubborn = await supervisor.start({
      ...shell('stubborn', `trap '' TERM; sleep 600 & echo $! > child; wait; wait`),
      ready: async () => existsSync(join(dir, 'child')) && (await readFile(join(dir, 'child'), 'utf8')) !== '',
      graceMs: 100,
    });
    const child = Number(await readFile(join(dir, 'child'), 'utf8'));
    expect(processStartTime(child)).not.toBeNull();
    await stubborn.stop();
    expect(processStartTime(stubborn.pid)).toBeNull();
    await until('its child has ended', () => processStartTime(child) === null);
  });

  it('leaves nothing running when its own process is killed', async () => {
    const starter = spawn(process.execPath, ['--input-type=module', '-e', starterScript, dir], { stdio: 'ignore' });
    await until('the program runs', () => existsSync(join(dir, 'processes/one.json')));
    const records = readRecords(dir);
    expect(records.map(({ name }) => name).sort()).toEqual(['guard', 'one']);
    starter.kill('SIGKILL');
    for (const { name, pid } of records) await until(`${name} has ended`, () => processStartTime(pid) === null);
    expect(readRecords(dir)).toEqual([]);
  });
});

const starterScript = `
  import { Supervisor } from ${JSON.stringify(join(packageRoot, 'dist/local/processes/Supervisor.js'))};
  await new Supervisor(process.argv[1]).start({ name: 'one', command: '/bin/sleep', args: ['600'] });
  setInterval(() => undefined, 1000);
`;

describe('stopRecorded', () => {
  it('leaves a process alone that merely has the id of one that is gone', async () => {
    const bystander = spawn('/bin/sleep', ['600'], { detached: true });
    const record = { name: 'gone', command: 'gone', log: '', graceMs: 0 };
    writeRecord(dir, { ...record, pid: bystander.pid!, startTime: 'another time' });
    await stopRecorded(dir);
    expect(processStartTime(bystander.pid!)).not.toBeNull();
    expect(readRecords(dir)).toEqual([]);
    bystander.kill('SIGKILL');
  });
});
