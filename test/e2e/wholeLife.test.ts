import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest';
import { listCloudResources } from '../../local/gateway/listCloudResources.js';
import { installTools } from '../../local/tools/installTools.js';
import { cloudByName } from '../../src/clouds/cloudByName.js';
import type { DeploymentStatus } from '../../src/graph/DeploymentStatus.js';
import type { DeploymentSpecInput } from '../../src/spec/DeploymentSpec.js';
import { useLocalCloud } from '../support/localCloud.js';
import { until } from '../support/workflowBed.js';
import { end, HangarProcess } from './HangarProcess.js';

/*
 * The product as its users meet it: built, in processes of its own, on the whole local cloud. Two deployments at once:
 * `whole` is started by the temporal program, survives a killed worker and is destroyed without Temporal's memory;
 * `broken` has a chart value that cannot be and must leave nothing.
 */
const cloud = await useLocalCloud();
const folder = mkdtempSync(join(tmpdir(), 'hangar-e2e-'));
const home = join(folder, 'home');
const hangar = new HangarProcess({ ...cloud.env, HANGAR_HOME: home });
const key = { cloud: 'aws', account: '123456789012', region: 'us-east-1' } as const;
const spec = (name: string, more: object = {}): DeploymentSpecInput => ({ version: 1, name, ...key, ...more });
const where = ['--cloud', key.cloud, '--account', key.account, '--region', key.region];

let worker: ChildProcess | undefined;
let before: string[];
let broken: Promise<{ code: number; stdout: string; stderr: string }>;

const resources = async () =>
  (await listCloudResources(cloud.env.AWS_ENDPOINT_URL!)).map(({ type, id }) => `${type} ${id}`);
const temporal = async (...args: string[]) => {
  const { temporal: program } = await installTools(['temporal']);
  return execa(program, [...args, '--address', cloud.env.TEMPORAL_ADDRESS!], { input: 'y\n' });
};
const statusOf = (name: string) => hangar.json<DeploymentStatus>('status', name);

function fileOf(name: string, content: unknown): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

// Each part goes on where the one before ended.
let failed = false;
beforeEach(() => {
  if (failed) throw new Error('an earlier part of the life failed');
  onTestFailed(() => {
    failed = true;
  });
});

beforeAll(async () => {
  before = await resources();
});

afterAll(async () => {
  await end(worker, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

it('is created by the temporal program, though a worker is killed in mid-apply', async () => {
  worker = await hangar.worker(join(folder, 'worker-1.log'));
  const input = fileOf('whole-input', { spec: spec('whole') });
  await temporal(
    ...['workflow', 'start', '--type', 'CreateFlyte', '--task-queue', 'hangar'],
    ...['--workflow-id', 'flyte/whole', '--input-file', input],
  );
  await until(async () => {
    const network = (await statusOf('whole')).steps.find(({ name }) => name === 'network');
    return network?.state === 'done' || network?.progress?.phase === 'apply';
  });
  broken = hangar.run(
    'create',
    fileOf('broken', spec('broken', { flyte: { values: { flyteadmin: { replicaCount: 'many' } } } })),
  );
  await end(worker, 'SIGKILL');
  worker = await hangar.worker(join(folder, 'worker-2.log'));

  await temporal('workflow', 'result', '--workflow-id', 'flyte/whole');
  const status = await statusOf('whole');
  expect(status.phase).toBe('ready');
  expect(status.steps.filter(({ state }) => state !== 'done')).toEqual([]);
  const checks = status.outputs.smoke?.checks ?? [];
  expect(checks.filter(({ result }) => result === 'passed').length).toBeGreaterThanOrEqual(6);
  expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
});

it('shows what a user needs', async () => {
  const outputs = await hangar.json<{ bucket: string; databaseHost: string; kubeconfigCommand: string }>(
    'outputs',
    'whole',
  );
  expect(outputs.bucket).toMatch(/^s3:\/\//);
  expect(outputs.databaseHost).toMatch(/rds\.amazonaws\.com$/);
  expect(outputs.kubeconfigCommand).toContain('aws eks update-kubeconfig');
  const again = await hangar.run('create', fileOf('whole', spec('whole')));
  expect(again.code).toBe(3);
  expect(again.stderr).toContain('HGR-204');
});

it('keeps the database password out of histories, logs, states and files', async () => {
  const { database } = (await statusOf('whole')).outputs;
  const secrets = new SecretsManagerClient({
    endpoint: cloud.env.AWS_ENDPOINT_URL,
    region: key.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: database!.database_secret_id }));
  const { password } = JSON.parse(secret.SecretString!) as { password: string };
  expect(password.length).toBeGreaterThan(8);

  const history = await temporal('workflow', 'show', '--workflow-id', 'flyte/whole', '--output', 'json');
  const store = await withEnvironment(() => cloudByName('aws').stateStore(key));
  const keys = await store.list('');
  const states = await Promise.all(keys.map(async (name) => (await store.get(name))?.body ?? ''));
  expect(keys.some((name) => name.endsWith('database.tfstate'))).toBe(true);
  const told = [history.stdout, ...payloads(history.stdout)].join('\n');
  expect(told).toContain('database_secret_id');
  const files = [...filesBelow(folder), ...filesBelow(join(cloud.dir, 'logs'))];
  const places = [told, ...states, ...files.map((file) => readFileSync(file, 'utf8'))];
  expect(places.filter((text) => text.includes(password))).toEqual([]);
});

it('is listed and destroyed when Temporal knows nothing of it', async () => {
  await temporal('workflow', 'delete', '--workflow-id', 'flyte/whole');
  await until(async () => (await hangar.json<DeploymentStatus>('status', 'whole', ...where)).source === 'manifest');
  const listed = await hangar.json<{ name: string; phase: string }[]>('list', ...where);
  expect(listed).toContainEqual(expect.objectContaining({ name: 'whole', phase: 'ready' }));

  const destroyed = await hangar.run('destroy', 'whole', '--yes', ...where);
  expect(destroyed.stderr).toBe('');
  expect(destroyed.code).toBe(0);
  expect((await hangar.run('destroy', 'whole', '--yes', ...where)).code).toBe(7);
  expect((await hangar.run('destroy', 'whole', '--yes', '--if-exists', ...where)).code).toBe(0);
});

it('rolls back the create that cannot work, and says why', async () => {
  const { code, stderr } = await broken;
  expect(stderr).toContain('HGR-404');
  expect(stderr).toMatch(/replicaCount/);
  expect(code).toBe(5);
  expect((await resources()).filter((resource) => resource.includes('broken'))).toEqual([]);
});

it('leaves no workspace and no plan file behind', () => {
  expect(filesBelow(home).filter((file) => /\.(tfvars\.json|tfplan|plan|tfstate)$/.test(file))).toEqual([]);
});

it('leaves an account as it was', async () => {
  expect((await hangar.run('bootstrap', '--delete', ...where)).code).toBe(0);
  expect(await resources()).toEqual(before);
});

/** Inputs and results in a history's JSON are base64. */
function payloads(history: string): string[] {
  return [...history.matchAll(/"data": ?"([A-Za-z0-9+/=]+)"/g)].map(([, data]) =>
    Buffer.from(data!, 'base64').toString('utf8'),
  );
}

function filesBelow(start: string): string[] {
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map((name) => join(start, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() && statSync(file).size < 50_000_000);
}

/** The cloud's SDK takes its settings from this process's environment. */
async function withEnvironment<T>(work: () => T): Promise<T> {
  Object.assign(process.env, cloud.env);
  return work();
}
