import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';
import { useMoto } from '../support/localCloud.js';
import { startWorkflowBed, testSpec, until, type WorkflowBed } from '../support/workflowBed.js';
import { runCli } from './runCli.js';

/*
 * The CLI, the client, the workflows and a worker on a real Temporal server; activities work on a world in memory. The
 * AWS emulator is empty: its account has no state bucket.
 */
const moto = useMoto();
let bed: WorkflowBed;
let folder: string;
beforeAll(async () => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) {
    vi.stubEnv(name, moto.current.env[name]);
  }
  bed = await startWorkflowBed();
  folder = mkdtempSync(join(tmpdir(), 'hangar-cli-'));
});
afterAll(async () => {
  await bed?.stop();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const hangar = (...args: string[]) => runCli(args, { env: { TEMPORAL_ADDRESS: bed.server.address } });

function fileOf(spec: DeploymentSpecInput): string {
  const file = join(folder, `${spec.name}.json`);
  writeFileSync(file, JSON.stringify(spec));
  return file;
}

describe('hangar', () => {
  it('creates, shows, lists and destroys a deployment', async () => {
    const spec = testSpec();
    const created = await hangar('create', fileOf(spec));
    expect(created.code).toBe(0);
    expect(created.stdout).toContain(`ready ${spec.name} stands after`);
    expect(bed.world.standingOf(spec.name)).toContain('flyte');

    const status = await hangar('status', spec.name, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ name: spec.name, phase: 'ready', source: 'temporal' });
    expect((await hangar('status', spec.name)).stdout).toMatch(/└─ ✔ smoke/);

    const listed = async () => JSON.parse((await hangar('list', '--json')).stdout) as { name: string; phase: string }[];
    // Temporal's index of workflows runs a little behind.
    await until(async () => (await listed()).some(({ name, phase }) => name === spec.name && phase === 'ready'));

    const again = await hangar('create', fileOf(spec));
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('HGR-204');

    const destroyed = await hangar('destroy', spec.name, '--yes');
    expect(destroyed.code).toBe(0);
    expect(destroyed.stdout).toContain(`gone Nothing is left of ${spec.name}`);
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect((await hangar('destroy', spec.name, '--yes')).code).toBe(7);
    expect((await hangar('destroy', spec.name, '--yes', '--if-exists')).code).toBe(0);
  });

  it('tells of a step that fails for good, with what was rolled back', async () => {
    const spec = testSpec();
    const quota = new HangarError('HGR-306', 'The quota of elastic addresses is exhausted', {
      resource: 'aws_eip.nat',
    });
    bed.world.behave(spec.name, 'make', 'egress', { fail: quota });
    const { code, stdout, stderr } = await hangar('create', fileOf(spec));
    expect(code).toBe(5);
    expect(stdout).toMatch(/egress +failed, .*HGR-306 The quota of elastic addresses is exhausted/);
    expect(stderr).toMatch(/error HGR-605/);
    expect(stderr).toContain('egress');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
  });

  it('refuses a second creation, or joins the first with --attach, and cancels', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'cluster', { hang: true });
    const file = fileOf(spec);
    const started = await hangar('create', file, '--detach', '--json');
    expect(JSON.parse(started.stdout)).toMatchObject({ workflowId: `flyte/${spec.name}`, attached: false });
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('cluster'));

    const second = await hangar('create', file);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('HGR-603');

    const attached = hangar('create', file, '--attach');
    let stdout = '';
    // The progress travels with the next heartbeat.
    await until(async () => {
      stdout = (await hangar('status', spec.name)).stdout;
      return /● cluster .*make 1\/2/.test(stdout);
    });
    expect(stdout).toMatch(/○ nodes +waits for .*cluster/);

    const cancelled = await hangar('cancel', spec.name);
    expect(cancelled.code).toBe(0);
    expect((await attached).code).toBe(8);
    expect((await attached).stderr).toContain('running already');
    expect(bed.world.standingOf(spec.name)).toEqual([]);
    expect((await hangar('cancel', spec.name)).code).toBe(7);
  });

  it('detaches on Ctrl-C and returns', async () => {
    const spec = testSpec();
    bed.world.behave(spec.name, 'make', 'database', { hang: true });
    // The worker of this process listens too, and would stop.
    const others = process.listeners('SIGINT');
    const watched = hangar('create', fileOf(spec));
    await until(() => bed.world.eventsOf(spec.name, 'start', 'make').includes('database'));
    const own = () => process.listeners('SIGINT').find((listener) => !others.includes(listener));
    await until(() => own() !== undefined);
    own()!('SIGINT');
    const { code, stderr } = await watched;
    expect(code).toBe(130);
    expect(stderr).toContain(`hangar status ${spec.name} --watch`);
    const back = hangar('status', spec.name, '--watch');
    await until(() => own() !== undefined);
    await hangar('cancel', spec.name, '--detach');
    expect((await back).code).toBe(8);
  });

  it('plans', async () => {
    const { code, stdout } = await hangar('plan', fileOf(testSpec()));
    expect(code).toBe(0);
    expect(stdout).toMatch(/network +1 /);
    expect(stdout).toContain('Nothing was created.');
  });

  it('says that no worker is there instead of hanging', async () => {
    const env = { TEMPORAL_ADDRESS: bed.server.address, HANGAR_TASK_QUEUE: 'nobody' };
    const { code, stderr } = await runCli(['create', fileOf(testSpec())], { env });
    expect(code).toBe(4);
    expect(stderr).toContain('HGR-602 No worker polls the task queue nobody');
  });

  it('says that Temporal is not there', async () => {
    const { code, stderr } = await runCli(['cancel', 'research'], { env: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    expect(code).toBe(4);
    expect(stderr).toMatch(/HGR-601 Temporal at 127\.0\.0\.1:1/);
  });
});
