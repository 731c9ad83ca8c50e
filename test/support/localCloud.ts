import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import type { PartStatus } from '../../local/cloud/LocalCloud.js';
import { writeTerraformConfig } from '../../local/cloud/writeTerraformConfig.js';
import { startMoto } from '../../local/moto/startMoto.js';
import { Supervisor } from '../../local/processes/Supervisor.js';
import { installTools } from '../../local/tools/installTools.js';

/** What the tests of the project `real` share: one local cloud with all its parts, for the whole run. */
export interface SharedLocalCloud {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
}

declare module 'vitest' {
  interface ProvidedContext {
    localCloud: SharedLocalCloud;
  }
}

/**
 * The run's local cloud: Temporal, AWS with real EKS clusters, a terraform provider mirror. `env` is all that a program
 * under test needs. It is shared: give resources names of their own and clean them up.
 */
export function useLocalCloud(): SharedLocalCloud {
  return inject('localCloud');
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
