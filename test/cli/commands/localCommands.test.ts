import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { DoctorCheck } from '../../../src/client/doctor.js';
import { HangarError } from '../../../src/errors/HangarError.js';
import { statusFixture } from '../render/statusFixture.js';
import { runCli } from '../runCli.js';

// The client is stood in for: these tests are about what the commands do with its answers.
const client = vi.hoisted(() => ({
  connect: vi.fn(),
  describeDeployment: vi.fn(),
  deploymentKubeconfig: vi.fn(),
  doctor: vi.fn(),
  bootstrapState: vi.fn(),
  deleteState: vi.fn(),
  callerAccount: vi.fn(),
}));
vi.mock('../../../src/client/connect.js', () => ({ connect: client.connect }));
vi.mock('../../../src/client/describeDeployment.js', () => ({ describeDeployment: client.describeDeployment }));
vi.mock('../../../src/client/deploymentKubeconfig.js', () => ({ deploymentKubeconfig: client.deploymentKubeconfig }));
vi.mock('../../../src/client/doctor.js', () => ({ doctor: client.doctor }));
vi.mock('../../../src/client/bootstrapState.js', () => ({ bootstrapState: client.bootstrapState }));
vi.mock('../../../src/client/deleteState.js', () => ({ deleteState: client.deleteState }));
vi.mock('../../../src/client/callerAccount.js', () => ({ callerAccount: client.callerAccount }));

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'hangar-research', cluster: { server: 'https://eks' } }],
  users: [{ name: 'hangar-research', user: {} }],
  contexts: [{ name: 'hangar-research', context: {} }],
  'current-context': 'hangar-research',
};

let folder: string;
beforeEach(() => {
  vi.resetAllMocks();
  folder = mkdtempSync(join(tmpdir(), 'hangar-cli-'));
  client.connect.mockResolvedValue({ close: async () => {} });
  client.describeDeployment.mockResolvedValue(statusFixture({ phase: 'ready' }));
  client.deploymentKubeconfig.mockResolvedValue(kubeconfig);
  client.callerAccount.mockResolvedValue('123456789012');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('kubeconfig', () => {
  it('writes a new file that only its owner reads', async () => {
    const file = join(folder, 'new', 'config');
    const { code, stdout } = await runCli(['kubeconfig', 'research', '--file', file]);
    expect([code, stdout]).toEqual([0, `Added hangar-research to ${file}. Try: kubectl get pods\n`]);
    expect(parse(readFileSync(file, 'utf8'))).toEqual(kubeconfig);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('changes the first file of KUBECONFIG', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, 'apiVersion: v1\nkind: Config\nusers: [{ name: other, user: {} }]\n');
    const { stdout } = await runCli(['kubeconfig', 'research', '--json'], {
      env: { KUBECONFIG: `${file}:/nowhere/else` },
    });
    expect(JSON.parse(stdout)).toEqual({ name: 'research', file, context: 'hangar-research' });
    expect(parse(readFileSync(file, 'utf8')).users).toHaveLength(2);
  });

  it('prints it with --stdout and writes nothing', async () => {
    const file = join(folder, 'config');
    const { stdout } = await runCli(['kubeconfig', 'research', '--stdout'], { env: { KUBECONFIG: file } });
    expect(parse(stdout)).toEqual(kubeconfig);
    expect(() => statSync(file)).toThrow();
  });

  it('leaves what is no kubeconfig as it is', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, '- not a kubeconfig\n');
    const { code, stderr } = await runCli(['kubeconfig', 'research', '--file', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('HGR-106');
    expect(readFileSync(file, 'utf8')).toBe('- not a kubeconfig\n');
  });
});

describe('doctor', () => {
  const ok: DoctorCheck[] = [
    { name: 'terraform', result: 'ok', message: '1.11.4 (terraform)' },
    { name: 'state bucket', result: 'skipped', message: 'no region is given' },
  ];
  const missing = (name: DoctorCheck['name']): DoctorCheck => ({
    name,
    result: 'failed',
    message: 'is not there',
    next: 'Get it.',
  });

  it('is 0 where nothing is missing', async () => {
    client.doctor.mockResolvedValue(ok);
    const { code, stdout } = await runCli(['doctor', '--account', '1'], { env: { AWS_REGION: 'eu-west-1' } });
    expect([code, stdout]).toEqual([
      0,
      '✔ terraform     ok       1.11.4 (terraform)\n– state bucket  skipped  no region is given\n',
    ]);
    expect(client.doctor.mock.calls[0]![1]).toEqual({ cloud: 'aws', account: '1', region: 'eu-west-1' });
  });

  it.each([
    ['credentials', 3],
    ['helm', 3],
    ['temporal', 4],
    ['worker', 4],
  ] as const)('says what to do about %s and is %i', async (name, exit) => {
    client.doctor.mockResolvedValue([...ok, missing(name)]);
    const { code, stdout } = await runCli(['doctor']);
    expect(code).toBe(exit);
    expect(stdout).toMatch(new RegExp(`✖ ${name} +failed +is not there\n {4}next Get it.`));
    expect((await runCli(['doctor', '--json'])).code).toBe(exit);
  });
});

describe('bootstrap', () => {
  it('makes the state bucket of the account at hand', async () => {
    client.bootstrapState.mockResolvedValue({ state_bucket: 'hangar-state-1', state_region: 'us-east-1' });
    const { code, stdout } = await runCli(['bootstrap', '--region', 'us-east-1']);
    expect(code).toBe(0);
    expect(stdout).toContain('hangar-state-1');
    const target = { cloud: 'aws', account: '123456789012', region: 'us-east-1' };
    expect(client.bootstrapState).toHaveBeenLastCalledWith(target);
    client.callerAccount.mockRejectedValue(new Error('the file names the account'));
    expect((await runCli(['bootstrap', 'examples/aws.yaml'])).code).toBe(0);
    expect(client.bootstrapState).toHaveBeenLastCalledWith(target);
  });

  it('removes it with --delete, and is refused while a deployment is in it', async () => {
    const args = ['bootstrap', '--delete', '--region', 'us-east-1', '--json'];
    expect(JSON.parse((await runCli(args)).stdout)).toMatchObject({ deleted: true });
    client.deleteState.mockRejectedValue(new HangarError('HGR-703', 'It holds research'));
    expect((await runCli(args)).code).toBe(3);
    expect(client.bootstrapState).not.toHaveBeenCalled();
  });
});
