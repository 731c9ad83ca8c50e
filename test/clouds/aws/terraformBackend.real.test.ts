import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installTools } from '../../../local/tools/installTools.js';
import { awsClients } from '../../../src/clouds/aws/awsClients.js';
import { backend } from '../../../src/clouds/aws/backend.js';
import { bootstrap } from '../../../src/clouds/aws/bootstrap.js';
import { s3StateStore } from '../../../src/clouds/aws/s3StateStore.js';
import { terraformEnvironment } from '../../../src/clouds/aws/terraformEnvironment.js';
import { terraformStateResources } from '../../../src/clouds/terraformStateResources.js';
import { account, type MotoServer, region, startMotoServer, target } from './motoServer.js';

const run = promisify(execFile);
const spec = { name: 'research', account, region };
let moto: MotoServer;
let folder: string;

beforeAll(async () => {
  moto = await startMotoServer();
  folder = await mkdtemp(join(tmpdir(), 'hangar-backend-'));
});
afterAll(async () => {
  await moto?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('backend and terraformEnvironment', () => {
  it('let terraform keep a state that the store reads, locked while it works', async () => {
    const { terraform } = await installTools(['terraform']);
    const clients = awsClients();
    await bootstrap(clients, target);
    const { type, config, stateKey, lockKey } = backend(spec, 'network');
    await writeFile(
      join(folder, 'main.tf.json'),
      JSON.stringify({
        terraform: { backend: { [type]: config } },
        resource: { terraform_data: { only: { input: 'x' } } },
      }),
    );
    // Nothing but what Hangar gives: no PATH of the user's, no home.
    const env = { ...(await terraformEnvironment(clients)), TF_CLI_CONFIG_FILE: '/dev/null', TF_IN_AUTOMATION: '1' };
    await run(terraform, ['init', '-input=false', '-no-color'], { cwd: folder, env });
    await run(terraform, ['apply', '-input=false', '-no-color', '-auto-approve'], { cwd: folder, env });
    const store = s3StateStore(clients, target);
    const state = await store.get(stateKey);
    expect(terraformStateResources(state!.body, stateKey)).toEqual([
      { address: 'terraform_data.only', id: expect.any(String) },
    ]);

    await store.put(lockKey!, JSON.stringify({ ID: 'held', Operation: 'test', Who: 'test' }));
    await expect(run(terraform, ['plan', '-input=false', '-no-color'], { cwd: folder, env })).rejects.toMatchObject({
      stderr: expect.stringContaining('Error acquiring the state lock'),
    });
  });
});

describe('terraformEnvironment', () => {
  const before: NodeJS.ProcessEnv = {};
  beforeAll(() => {
    delete process.env.AWS_CA_BUNDLE;
    Object.assign(before, process.env);
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });

  it('passes endpoints and keys, and nothing else of the caller’s', async () => {
    Object.assign(process.env, {
      TF_VAR_x: '1',
      TF_LOG: 'trace',
      AWS_PROFILE_X: 'x',
      AWS_ENDPOINT_URL_S3: moto.endpoint,
    });
    expect(await terraformEnvironment(awsClients())).toEqual({
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ENDPOINT_URL_S3: moto.endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });

  it('resolves a profile, which terraform might read differently', async () => {
    const file = join(folder, 'credentials');
    await writeFile(file, '[work]\naws_access_key_id=AK1\naws_secret_access_key=SK1\naws_session_token=ST1\n');
    Object.assign(process.env, { AWS_PROFILE: 'work', AWS_SHARED_CREDENTIALS_FILE: file });
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    const env = await terraformEnvironment(awsClients());
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: 'AK1', AWS_SECRET_ACCESS_KEY: 'SK1', AWS_SESSION_TOKEN: 'ST1' });
    expect(env).not.toHaveProperty('AWS_PROFILE');
  });

  it('passes the role of a pod on, so that terraform renews it', async () => {
    const token = join(folder, 'token');
    await writeFile(token, 'header.payload.signature');
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    const role = { AWS_ROLE_ARN: `arn:aws:iam::${account}:role/worker`, AWS_WEB_IDENTITY_TOKEN_FILE: token };
    Object.assign(process.env, role, { AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_CONFIG_FILE: '/dev/null' });
    const env = await terraformEnvironment(awsClients());
    expect(env).toMatchObject(role);
    expect(env).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });
});
