import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../../local/packageRoot.js';
import { freePort } from '../../../local/processes/freePort.js';
import { installTools } from '../../../local/tools/installTools.js';

/** The account that moto plays. */
export const account = '123456789012';
export const region = 'us-east-1';
export const target = { cloud: 'aws', account, region } as const;

/** An AWS emulator of a test's own, empty at the start, that this process's SDK clients reach. */
export interface MotoServer {
  readonly endpoint: string;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts moto on a free port and points AWS_* at it. */
export async function startMotoServer(): Promise<MotoServer> {
  const { moto: python } = await installTools(['moto']);
  const port = await freePort();
  const child = spawn(python, [join(packageRoot, 'local/moto/server.py'), String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries === 600) throw new Error('moto did not start');
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(100);
  }
  const before = { ...process.env };
  const settings = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  Object.assign(process.env, settings);
  return {
    endpoint,
    async reset() {
      await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    },
    async stop() {
      for (const name of Object.keys(settings)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
