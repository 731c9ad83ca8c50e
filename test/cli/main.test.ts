import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { RecordingTerminal } from './RecordingTerminal.js';
import { runCli } from './runCli.js';

let folder: string;
let wrongFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-cli-'));
  wrongFile = join(folder, 'wrong.yaml');
  writeFileSync(
    wrongFile,
    'version: 1\nname: research\ncloud: aws\nregion: us-east-1\naccount: 123456789012\nsiez: small\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Two mistakes for each command: arguments, standard error, exit code. None gets as far as Temporal or a cloud. */
const mistakes: [string[], RegExp, number, NodeJS.ProcessEnv?][] = [
  [['validate'], /HGR-106 missing required argument 'file'/, 2],
  [['validate', '/nowhere.yaml'], /HGR-103 Cannot read \/nowhere.yaml: there is no such file/, 2],
  [['plan', 'WRONG'], /HGR-102 The deployment file has 2 mistakes/, 2],
  [['plan', 'WRONG', '--jsno'], /HGR-106 unknown option '--jsno' \(Did you mean --json\?\)/, 2],
  [['create', 'WRONG'], /wrong.yaml:6:1 {2}siez: is not a known key \(did you mean size\?\)/, 2],
  [
    ['create', 'examples/aws.yaml'],
    /HGR-902 A setting is wrong[\s\S]*TEMPORAL_ADDRESS: must be host:port/,
    2,
    { TEMPORAL_ADDRESS: 'x' },
  ],
  [['status'], /HGR-106 missing required argument 'name'/, 2],
  [['status', 'research', '--cloud', 'moon'], /HGR-106 .*'moon' is invalid. Allowed choices are aws, gcp, azure/, 2],
  [['list', 'research'], /HGR-106 too many arguments/, 2],
  [['list'], /HGR-902/, 2, { TEMPORAL_TLS: 'maybe' }],
  [['outputs'], /HGR-106 missing required argument 'name'/, 2],
  [['outputs', 'research', '--region'], /HGR-106 .*argument missing/, 2],
  [['kubeconfig'], /HGR-106 missing required argument 'name'/, 2],
  [['kubeconfig', 'research', '--file'], /HGR-106 .*argument missing/, 2],
  [['cancel'], /HGR-106 missing required argument 'name'/, 2],
  [['cancel', 'research', '--now'], /HGR-106 unknown option '--now'/, 2],
  [['destroy', 'research'], /HGR-106 Nothing was destroyed: this is no terminal[\s\S]*--yes/, 2],
  [['destroy'], /HGR-106 missing required argument 'name'/, 2],
  [['doctor', 'everything'], /HGR-106 too many arguments/, 2],
  [['doctor'], /HGR-902[\s\S]*HANGAR_WORKER_SLOTS/, 2, { HANGAR_WORKER_SLOTS: 'many' }],
  [['bootstrap'], /HGR-106 It is not known which region[\s\S]*AWS_REGION/, 2],
  [['bootstrap', '--remove'], /HGR-106 unknown option '--remove'/, 2],
  [['worker', 'two'], /HGR-106 too many arguments/, 2],
  [['worker'], /HGR-902[\s\S]*HANGAR_CA_FILE: there is nothing at/, 2, { HANGAR_CA_FILE: '/nowhere.pem' }],
  [['vlidate'], /HGR-106 unknown command 'vlidate' \(Did you mean validate\?\)/, 2],
];

describe('main', () => {
  it.each(mistakes)('%j is refused', async (args, stderr, code, env) => {
    const result = await runCli(
      args.map((arg) => (arg === 'WRONG' ? wrongFile : arg)),
      { env },
    );
    expect(result.stderr).toMatch(stderr);
    expect(result.stdout).toBe('');
    expect(result.code).toBe(code);
    expect(result.stderr).not.toMatch(/\n\s+at .*\(|node:internal/);
  });

  it.each(mistakes)('%j --json is refused with one JSON document', async (args, _stderr, code, env) => {
    const [command, ...rest] = args.map((arg) => (arg === 'WRONG' ? wrongFile : arg));
    const result = await runCli([command!, '--json', ...rest], { env });
    const { error } = JSON.parse(result.stderr);
    expect(error).toMatchObject({ code: expect.stringMatching(/^HGR-\d{3}$/), message: expect.any(String) });
    expect(result.stdout).toBe('');
    expect(result.code).toBe(code);
  });

  it.each([[], ['--help'], ['help'], ['-h']])('%j shows the commands', async (...args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['validate', 'plan', 'create', 'status', 'list', 'outputs', 'destroy', 'cancel', 'kubeconfig']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
  });

  it('shows help with an example and the exit codes for every command', async () => {
    const { stdout } = await runCli(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) \[/gm)]
      .map((match) => match[1]!)
      .filter((name) => name !== 'help');
    expect(names).toHaveLength(12);
    for (const name of names) {
      const help = await runCli(['help', name]);
      expect(help.code).toBe(0);
      expect(help.stdout).toMatch(/Example:\n {2}\$ .*hangar /);
      expect(help.stdout).toContain('Exit codes: 0 ');
      expect(help.stdout).toContain('--json');
    }
  });

  it('prints its version', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('takes commands from outside, with the same errors', async () => {
    const extra = new Command('local').addCommand(
      new Command('up').option('--json').action(() => {
        throw new HangarError('HGR-804', 'moto did not start');
      }),
    );
    const terminal = new RecordingTerminal();
    expect(await main(['local', 'up'], { terminal, extraCommands: [extra] })).toBe(3);
    expect(terminal.stderr).toBe('error HGR-804 moto did not start\n');
    expect(await main(['local', 'upp'], { terminal, extraCommands: [extra] })).toBe(2);
    expect(terminal.stderr).toContain("unknown command 'upp'");
  });

  it('tells a defect without a stack, which HANGAR_DEBUG adds', async () => {
    const extra = new Command('break').action(() => {
      throw new TypeError('x is undefined');
    });
    const quiet = new RecordingTerminal();
    expect(await main(['break'], { terminal: quiet, extraCommands: [extra], env: {} })).toBe(1);
    expect(quiet.stderr).toMatch(/^error HGR-901 x is undefined\n {2}next /);
    const loud = new RecordingTerminal();
    await main(['break'], { terminal: loud, extraCommands: [extra], env: { HANGAR_DEBUG: '1' } });
    expect(loud.stderr).toContain('main.test.ts');
  });
});

describe('validate', () => {
  it('says what a file describes', async () => {
    const { code, stdout } = await runCli(['validate', 'examples/aws.yaml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^valid examples\/aws.yaml\n {2}research on aws us-east-1, account 123456789012, size small\n/,
    );
  });

  it('gives the whole spec as JSON', async () => {
    const { stdout } = await runCli(['validate', 'examples/aws.yaml', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, spec: { name: 'research', onFailure: 'rollback' } });
  });
});
