import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HangarError } from '../../src/errors/HangarError.js';
import { packageRoot } from '../packageRoot.js';
import { withLock } from '../tools/toolCache.js';
import { readCloudFile } from './cloudFile.js';
import { type CloudPart, cloudParts, type LocalCloud } from './LocalCloud.js';
import { stopLocalCloud } from './stopLocalCloud.js';
import type { SupervisorMessage } from './supervisorMessages.js';

export type { CloudPart, LocalCloud, PartStatus } from './LocalCloud.js';

/** How to start a local cloud. */
export interface LocalCloudOptions {
  /** Its folder; one local cloud a folder, as many folders as you like at once. */
  readonly dir: string;
  /** Told in one line what goes on. */
  readonly onProgress?: (line: string) => void;
  /** Default: all. */
  readonly parts?: readonly CloudPart[];
  /** Ends when this process ends, in whatever way; default false: it goes on until it is stopped. */
  readonly tied?: boolean;
}

/**
 * Starts a local cloud, or finds the one that already runs in `dir`. A process of its own supervises it.
 * @throws HGR-803 when a tool cannot be had, HGR-804 when a part does not start; nothing runs then
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const dir = resolve(options.dir);
  const parts = options.parts ?? cloudParts;
  const say = options.onProgress ?? (() => undefined);
  mkdirSync(dir, { recursive: true });
  await withLock(
    join(dir, 'up.lock'),
    () => say('another process is starting this local cloud'),
    async () => {
      const running = readCloudFile(dir);
      if (running?.state !== 'running') await spawnSupervisor(dir, parts, say, options.tied ?? false);
    },
  );
  const file = readCloudFile(dir);
  if (!file)
    throw new HangarError('HGR-804', 'The local cloud ended right after it started', { next: `Read ${dir}/logs` });
  const missing = parts.filter((part) => !file.has.includes(part));
  if (missing.length > 0) {
    throw new HangarError('HGR-804', `A local cloud without ${missing.join(', ')} already runs in ${dir}`, {
      next: `Stop it with \`hangar local down --dir ${dir}\``,
    });
  }
  return { dir, env: file.env, parts: file.parts, stop: () => stopLocalCloud(dir) };
}

function spawnSupervisor(
  dir: string,
  parts: readonly CloudPart[],
  say: (line: string) => void,
  tied: boolean,
): Promise<void> {
  const script = join(packageRoot, 'dist/local/cloud/supervise.js');
  if (!existsSync(script)) {
    throw new HangarError('HGR-804', `${script} is not built`, { next: 'Run `npm run build`' });
  }
  const child = spawn(process.execPath, [script, dir, parts.join(','), tied ? 'tied' : 'free'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: supervisorEnvironment(),
  });
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = `${errors}${chunk}`.slice(-4_000);
    });
    child.once('error', (error) =>
      reject(new HangarError('HGR-804', `The supervisor cannot be run: ${error.message}`)),
    );
    child.once('exit', (code) =>
      reject(new HangarError('HGR-804', `The supervisor ended with code ${code}: ${errors.trim().slice(-500)}`)),
    );
    child.on('message', (message: SupervisorMessage) => {
      if ('progress' in message) say(message.progress);
      else if ('failed' in message) reject(HangarError.fromJSON(message.failed));
      else {
        letGo(child, tied);
        resolve();
      }
    });
  });
}

/** The parts in the supervisor itself call the emulator with the local cloud's credentials, never with a person's own. */
function supervisorEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  };
}

/** From here on the supervisor keeps nobody waiting; the open channel of a tied one tells it that its starter lives. */
function letGo(child: ChildProcess, tied: boolean): void {
  child.removeAllListeners();
  child.stderr?.destroy();
  if (tied) child.channel?.unref();
  else child.disconnect();
  child.unref();
}
