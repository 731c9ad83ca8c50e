import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyStep } from '../../src/terraform/applyStep.js';
import { isAlive, thisProcess } from '../../src/terraform/processIdentity.js';
import { removeStep } from '../../src/terraform/removeStep.js';
import { openStepBench, type StepBench } from './stepBench.js';

let bench: StepBench;
beforeEach(async () => {
  bench = await openStepBench();
});
afterEach(() => bench.remove());

const stateFile = 'deployments/bench/network.tfstate';
const leaseFile = 'deployments/bench/network.lease.json';
const journal = () => (existsSync(bench.journal) ? readFileSync(bench.journal, 'utf8') : '');
const workspaces = () => readdir(join(bench.home, 'workspaces'));
const state = async () => JSON.parse(await readFile(join(bench.bucket, stateFile), 'utf8'));

/** Process number of the terraform that works in the bench's home; undefined while none does. */
function terraformPid(): number | undefined {
  const parent = join(bench.home, 'workspaces');
  for (const workspace of existsSync(parent) ? readdirSync(parent) : []) {
    for (const run of readdirSync(join(parent, workspace)).filter((name) => name.startsWith('.run-'))) {
      const file = join(parent, workspace, run, 'pid');
      if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
    }
  }
  return undefined;
}

describe('a stopped step', () => {
  it('has a good state, no lock, no lease and no workspace, and is gone on with', async () => {
    const stop = new AbortController();
    const running = applyStep(bench.attempt({ variables: { seconds: 60 }, signal: stop.signal }));
    const ended = expect(running).rejects.toMatchObject({ code: 'HGR-312' });
    await expect.poll(journal, { timeout: 30_000 }).toContain('begin a');
    stop.abort();
    await ended;

    expect(journal()).not.toContain('made');
    expect(await bench.objects()).toEqual([stateFile]);
    expect(await workspaces()).toEqual([]);
    const { resources } = await state();
    const first = resources.find(({ name }: { name: string }) => name === 'first');
    expect(first.instances[0].status).toBeUndefined();

    const report = await applyStep(bench.attempt());
    expect(report.outputs).toMatchObject({ names: ['a', 'b'] });
    expect((await removeStep(bench.attempt())).changes.remove).toBe(3);
    expect(await bench.objects()).toEqual([]);
  });
});

describe('a killed terraform', () => {
  it('fails the attempt, and the next one goes on', async () => {
    const running = applyStep(bench.attempt({ variables: { seconds: 60 } }));
    const ended = expect(running).rejects.toMatchObject({ code: 'HGR-399', retryable: true });
    await expect.poll(journal, { timeout: 30_000 }).toContain('begin a');
    process.kill(terraformPid()!, 'SIGKILL');
    await ended;
    expect(await workspaces()).toEqual([]);

    expect((await applyStep(bench.attempt())).outputs).toMatchObject({ names: ['a', 'b'] });
    expect(await bench.objects()).toEqual([stateFile]);
  });
});

describe('a killed worker', () => {
  it('takes its terraform with it gently, and the next attempt goes on at once', async () => {
    const worker = spawn(
      process.execPath,
      [join(import.meta.dirname, 'worker.mjs'), bench.folder, JSON.stringify({ variables: { seconds: 60 } })],
      { stdio: 'ignore' },
    );
    await expect.poll(journal, { timeout: 60_000 }).toContain('begin a');
    const terraform = terraformPid()!;
    expect(isAlive(terraform)).toBe(true);
    worker.kill('SIGKILL');
    await once(worker, 'exit');

    expect(await workspaces()).toHaveLength(1);
    expect(await bench.objects()).toContain(leaseFile);
    const report = await applyStep(bench.attempt());
    expect(isAlive(terraform)).toBe(false);
    // Terraform had the time to save what it had made.
    expect(report.changes).toEqual({ add: 2, change: 0, remove: 2 });
    expect(report.outputs).toMatchObject({ names: ['a', 'b'] });
    expect(await workspaces()).toEqual([]);
    expect(await bench.objects()).toEqual([stateFile]);
  });
});

describe('a step that another attempt works on', () => {
  it('is refused while that one is alive, and let in once it is not heard of', async () => {
    const lease = {
      id: 'theirs',
      holder: { ...thisProcess(), machine: 'another machine', host: 'other' },
      startedAt: '2025-01-01T00:00:00.000Z',
      renewedAt: '2025-01-01T00:00:00.000Z',
    };
    await mkdir(join(bench.bucket, 'deployments/bench'), { recursive: true });
    const renew = () => writeFile(join(bench.bucket, leaseFile), JSON.stringify({ ...lease, renewedAt: new Date() }));
    await renew();
    const renewing = setInterval(() => void renew(), 100);
    const leaseTimes = { renew: 0.2, surrender: 0.5, expire: 1 };
    await expect(applyStep({ ...bench.attempt(), leaseTimes })).rejects.toMatchObject({ code: 'HGR-302' });
    expect(bench.progress).toContainEqual({
      phase: 'wait',
      waitingFor: 'another run on other to end or to be heard of',
    });
    clearInterval(renewing);
    expect((await applyStep({ ...bench.attempt(), leaseTimes })).changes.add).toBe(3);
  });

  it('stops its own terraform when it loses its lease', async () => {
    const running = applyStep({
      ...bench.attempt({ variables: { seconds: 60 } }),
      leaseTimes: { renew: 0.2, surrender: 5, expire: 10 },
    });
    const ended = expect(running).rejects.toMatchObject({
      code: 'HGR-302',
      message: 'this run lost its lease on the step and stopped its terraform',
    });
    await expect.poll(journal, { timeout: 30_000 }).toContain('begin a');
    await writeFile(join(bench.bucket, leaseFile), '{}');
    await ended;
    expect(journal()).not.toContain('made');
  });
});

describe('an unsaved state', () => {
  it('of a dead worker is saved by the next attempt', async () => {
    await applyStep(bench.attempt());
    const saved = await state();
    // What a worker leaves behind that died after its terraform could not save the state.
    const dead = join(bench.home, 'workspaces', 'bench.network.dead');
    await mkdir(dead, { recursive: true });
    await writeFile(
      join(dead, 'owner.json'),
      JSON.stringify({
        process: { ...thisProcess(), started: 'earlier' },
        label: 'aws/123456789012/us-east-1/bench/network',
      }),
    );
    await writeFile(join(dead, 'errored.tfstate'), JSON.stringify({ ...saved, serial: saved.serial + 5 }));

    const report = await applyStep(bench.attempt());
    expect(report.notes).toEqual(['saved the state that an earlier attempt could not save']);
    expect((await state()).serial).toBe(saved.serial + 5);
    expect(await workspaces()).toEqual([]);
  });

  it('that is out of date is passed over', async () => {
    await applyStep(bench.attempt());
    const saved = await state();
    const copy = join(bench.bucket, 'deployments/bench/network.unsaved.tfstate');
    await writeFile(copy, JSON.stringify({ ...saved, serial: saved.serial - 1, resources: [] }));
    const report = await applyStep(bench.attempt());
    expect(report.notes).toEqual(['an earlier attempt left a state that is out of date by now: passed over']);
    expect(report.changes.add).toBe(0);
    expect(await bench.objects()).toEqual([stateFile]);
  });
});

describe('what is left on disk', () => {
  it('is for its owner only while it is there, and nothing afterwards, after a failure too', async () => {
    const running = applyStep(bench.attempt({ variables: { seconds: 1 } }));
    await expect.poll(journal, { timeout: 30_000 }).toContain('begin a');
    const [name] = await workspaces();
    const workspace = join(bench.home, 'workspaces', name!);
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await mode(workspace)).toBe('700');
    expect(await mode(join(workspace, 'terraform.tfvars.json'))).toBe('600');
    await running;
    expect(await workspaces()).toEqual([]);

    const failing = applyStep(bench.attempt({ module: 'failing', step: 'egress' }));
    await expect(failing).rejects.toMatchObject({ code: 'HGR-399' });
    expect(await workspaces()).toEqual([]);
  });
});

describe('a failure', () => {
  it('names the resource and keeps the secrets of the environment to itself', async () => {
    const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCY';
    const failing = applyStep(bench.attempt({ module: 'failing', environment: { AWS_SECRET_ACCESS_KEY: secret } }));
    const error = await failing.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'HGR-399', resource: 'terraform_data.bad' });
    expect(JSON.stringify(error)).toContain('exit status 3');
    expect(JSON.stringify(error)).not.toContain(secret);
    expect(JSON.stringify(bench.progress)).not.toContain(secret);
  });

  it('of a module that gives a secret out names the output, not its value', async () => {
    const error = await applyStep(bench.attempt({ module: 'sensitive' })).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'HGR-301', resource: 'output.password' });
    expect(JSON.stringify(error)).not.toContain('correct-horse');
  });
});

describe('the environment', () => {
  it('of the caller does not reach terraform', async () => {
    const theirs = { TF_CLI_ARGS_apply: '-bogus', TF_VAR_seconds: 'x', TF_WORKSPACE: 'other', TF_DATA_DIR: '/nowhere' };
    Object.assign(process.env, theirs);
    try {
      expect((await applyStep(bench.attempt())).changes.add).toBe(3);
    } finally {
      for (const name of Object.keys(theirs)) delete process.env[name];
    }
  });
});
