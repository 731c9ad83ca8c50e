import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Terraform } from '../../src/terraform/Terraform.js';
import { writeProgram } from './writeProgram.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-terraform-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const terraform = (program: string, more: Partial<ConstructorParameters<typeof Terraform>[0]> = {}) =>
  new Terraform({ program, directory: folder, environment: { PATH: process.env.PATH ?? '' }, ...more });

/** Tells that it is ready, counts its interrupts, and ends half a second after the first. */
const interruptible = `
const { appendFileSync } = require('node:fs');
process.on('SIGINT', () => { appendFileSync('interrupts', 'x'); setTimeout(() => process.exit(1), 500); });
console.log(JSON.stringify({ type: 'version', terraform: 'ready' }));
setInterval(() => {}, 1000);`;

describe('Terraform', () => {
  it('runs the real program and gives its output', async () => {
    const real = terraform('terraform');
    const { stdout } = await real.run(['version', '-json'], { capture: true });
    expect(JSON.parse(stdout)).toHaveProperty('terraform_version');
    expect(real.toolSeconds).toBeGreaterThan(0);
  });

  it('gives the process the environment it is told and nothing of its own', async () => {
    process.env.TF_LOG = 'trace';
    process.env.HANGAR_TEST_LEAK = 'leaked';
    try {
      const program = await writeProgram(folder, 'env', 'console.log(JSON.stringify(process.env));');
      const { stdout } = await terraform(program, { environment: { ONLY: 'this' } }).run(['x'], { capture: true });
      // PWD and the like are the shell's.
      expect(Object.keys(JSON.parse(stdout)).filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(
        ['ONLY'],
      );
    } finally {
      delete process.env.TF_LOG;
      delete process.env.HANGAR_TEST_LEAK;
    }
  });

  it('stops it by exactly one SIGINT and waits for its end', async () => {
    const stop = new AbortController();
    const program = await writeProgram(folder, 'interruptible', interruptible);
    const running = terraform(program, { signal: stop.signal }).run(['apply'], {
      onEvent: () => {
        stop.abort();
        stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'HGR-312' });
    expect(await readFile(join(folder, 'interrupts'), 'utf8')).toBe('x');
  });

  it('does not start once a stop is asked for, unless it must save something', async () => {
    const program = await writeProgram(folder, 'mark', "require('node:fs').writeFileSync('ran', '');");
    const stopped = terraform(program, { signal: AbortSignal.abort() });
    await expect(stopped.run(['apply'])).rejects.toMatchObject({ code: 'HGR-312' });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    await stopped.run(['state', 'push'], { despiteStop: true });
    expect(existsSync(join(folder, 'ran'))).toBe(true);
  });

  it('kills one that does not stop, with all that it has started, and says that its state may be lost', async () => {
    const stop = new AbortController();
    const program = await writeProgram(
      folder,
      'stubborn',
      `const { spawn } = require('node:child_process');
process.on('SIGINT', () => {});
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
console.log(JSON.stringify({ type: 'version', terraform: String(child.pid) }));
setInterval(() => {}, 1000);`,
    );
    let child = 0;
    const running = terraform(program, { signal: stop.signal, patienceSeconds: 0.3 }).run(['apply'], {
      onEvent(event) {
        if (event.type === 'version') child = Number(event.terraform);
        stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'HGR-316' });
    expect(child).toBeGreaterThan(0);
    await expect.poll(() => existsSync(`/proc/${child}/exe`)).toBe(false);
  });

  it('says how to get a program that is missing', async () => {
    await expect(terraform('/nowhere/terraform').run(['version'])).rejects.toMatchObject({
      code: 'HGR-801',
      next: expect.stringContaining('HANGAR_TERRAFORM'),
    });
  });

  it('holds little of a long output, and goes on after a line that is too long', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const program = await writeProgram(
      folder,
      'talkative',
      `const { writeSync } = require('node:fs');
const line = JSON.stringify({ type: 'log', '@level': 'info', '@message': 'x'.repeat(500) }) + '\\n';
for (let i = 0; i < 1000; i++) writeSync(1, line.repeat(100));
writeSync(1, '{"type":"log","@message":"' + 'y'.repeat(50_000_000) + '"}\\n');
for (let i = 0; i < 200; i++) writeSync(1, JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary: 'number ' + i } }) + '\\n');
process.exit(1);`,
    );
    gc();
    const before = process.memoryUsage();
    let lines = 0;
    let most = 0;
    const running = terraform(program).run(['apply'], {
      onEvent() {
        lines += 1;
        if (lines % 10_000 !== 0) return;
        gc();
        const now = process.memoryUsage();
        most = Math.max(most, now.heapUsed - before.heapUsed + now.external - before.external);
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'HGR-399', message: 'number 150' });
    expect(lines).toBe(100_200);
    // 55 MB of lines and a line of 50 MB went by.
    expect(most).toBeLessThan(10_000_000);
  });

  it('leaves no file of its own', async () => {
    const program = await writeProgram(folder, 'quiet', '');
    await terraform(program).run(['plan']);
    expect(await readdir(folder)).toEqual(['quiet.cjs']);
  });
});
