import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTerraformConfig } from '../../local/cloud/writeTerraformConfig.js';
import { packageRoot } from '../../local/packageRoot.js';
import { installTools } from '../../local/tools/installTools.js';
import { awsModules } from '../../src/clouds/aws/terraformModule.js';
import { awsFolder, moduleText } from './moduleFiles.js';

const terraformFolder = join(packageRoot, 'terraform');

describe('terraform', () => {
  let terraform: string;
  let folder: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const tools = await installTools(['terraform', 'terraform-provider-aws']);
    terraform = tools.terraform;
    folder = await mkdtemp(join(tmpdir(), 'hangar-validate-'));
    const config = await writeTerraformConfig(folder, tools['terraform-provider-aws']);
    environment = { PATH: process.env.PATH ?? '', HOME: folder, TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: '1' };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds every file formatted', async () => {
    const { stdout } = await execa(terraform, ['fmt', '-check', '-recursive', '-no-color'], {
      cwd: terraformFolder,
      env: environment,
      extendEnv: false,
      reject: false,
    });
    expect(stdout).toBe('');
  });

  it.each(awsModules)('finds %s valid by itself, with the provider that its lock file names', async (module) => {
    const cwd = join(folder, module);
    await cp(join(awsFolder, module), cwd, { recursive: true });
    const run = (...args: string[]) => execa(terraform, args, { cwd, env: environment, extendEnv: false });
    await run('init', '-backend=false', '-lockfile=readonly', '-input=false', '-no-color');
    const { stdout } = await run('validate', '-json');
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
  });
});

it('tflint finds nothing', async () => {
  const { tflint } = await installTools(['tflint']);
  const config = `--config=${join(terraformFolder, '.tflint.hcl')}`;
  const { stdout, exitCode } = await execa(tflint, ['--recursive', config, '--no-color'], {
    cwd: terraformFolder,
    reject: false,
  });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
});

describe('checkov', () => {
  interface Report {
    results: { failed_checks: { check_id: string; resource: string }[] };
    summary: { passed: number; skipped: number; parsing_errors: number };
  }
  let report: Report;

  beforeAll(async () => {
    const { checkov } = await installTools(['checkov']);
    const { stdout } = await execa(
      checkov,
      ['-d', awsFolder, '--framework', 'terraform', '--compact', '--quiet', '--skip-download', '-o', 'json'],
      { reject: false, env: { LOG_LEVEL: 'ERROR' } },
    );
    report = JSON.parse(stdout) as Report;
  });

  it('finds nothing', () => {
    expect(report.results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
    expect(report.summary.parsing_errors).toBe(0);
    expect(report.summary.passed).toBeGreaterThan(250);
  });

  it('needs every exception that the code makes', () => {
    const exceptions = awsModules.flatMap((module) => moduleText(module).match(/checkov:skip=/g) ?? []);
    expect(report.summary.skipped).toBe(exceptions.length);
  });
});
