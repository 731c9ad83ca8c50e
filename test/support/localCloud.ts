import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { LocalCloud } from '../../local/cloud/LocalCloud.js';
import { startLocalCloud } from '../../local/cloud/startLocalCloud.js';
import { writeTerraformConfig } from '../../local/cloud/writeTerraformConfig.js';
import { startMoto } from '../../local/moto/startMoto.js';
import { packageRoot } from '../../local/packageRoot.js';
import { Supervisor } from '../../local/processes/Supervisor.js';
import { installTools } from '../../local/tools/installTools.js';

/**
 * A whole local cloud for one test file, from here to its last test: Temporal, AWS with real EKS clusters, a terraform
 * provider mirror. Its `env` is all that a program under test needs. It ends with the file's process even if that crashes.
 */
export async function useLocalCloud(): Promise<LocalCloud> {
  warnOfOldBuild();
  const dir = await mkdtemp(join(tmpdir(), 'hangar-test-'));
  const cloud = await startLocalCloud({ dir, tied: true });
  afterAll(async () => {
    await cloud.stop();
    await rm(dir, { recursive: true, force: true });
  });
  return cloud;
}

/** The local cloud runs from dist/; a test run started by hand may have forgotten to build it. */
function warnOfOldBuild(): void {
  const built = statSync(join(packageRoot, 'dist/.build-signature'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(packageRoot, 'local'), { recursive: true, encoding: 'utf8' });
  const newer = sources.find(
    (file) => file.endsWith('.ts') && statSync(join(packageRoot, 'local', file)).mtimeMs > built,
  );
  if (newer) process.stdout.write(`local/${newer} is newer than the build: run \`npm run build\`\n`);
}

/** An AWS emulator for one test file. */
export interface TestMoto {
  readonly endpoint: string;
  /** As the local cloud's: endpoint, credentials, terraform and its provider mirror. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts an empty AWS emulator and nothing else; about one second. */
export async function startTestMoto(): Promise<TestMoto> {
  const dir = await mkdtemp(join(tmpdir(), 'hangar-moto-'));
  const tools = await installTools(['moto', 'terraform', 'terraform-provider-aws']);
  const supervisor = new Supervisor(dir);
  const { endpoint } = await startMoto(supervisor, tools.moto);
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      HANGAR_TERRAFORM: tools.terraform,
      HANGAR_TERRAFORM_CONFIG: await writeTerraformConfig(dir, tools['terraform-provider-aws']),
    },
    async stop() {
      await supervisor.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** An empty AWS emulator from before the first to after the last test of the file (or `describe`) that calls it. */
export function useMoto(): { readonly current: TestMoto } {
  let moto: TestMoto | undefined;
  beforeAll(async () => {
    moto = await startTestMoto();
  });
  afterAll(() => moto?.stop());
  return {
    get current() {
      if (!moto) throw new Error('moto runs only inside of tests and hooks');
      return moto;
    },
  };
}
