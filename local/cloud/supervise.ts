import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HangarError } from '../../src/errors/HangarError.js';
import { processStartTime } from '../processes/processStartTime.js';
import { Supervisor } from '../processes/Supervisor.js';
import { readCloudFile, removeCloudFile, writeCloudFile } from './cloudFile.js';
import type { CloudPart } from './LocalCloud.js';
import { runParts } from './runParts.js';
import { cleanUp } from './stopLocalCloud.js';
import type { SupervisorMessage } from './supervisorMessages.js';

// Run by startLocalCloud as `supervise.js DIR PARTS tied|free`: holds a local cloud until SIGTERM, or, when tied,
// until its starter is gone.
const [dir, partList, bond] = process.argv.slice(2);
if (dir === undefined || partList === undefined) throw new Error('usage: supervise.js DIR PARTS tied|free');
const has = partList.split(',') as CloudPart[];
const supervisor = new Supervisor(dir);
const me = { pid: process.pid, startTime: processStartTime(process.pid) ?? '' };

let running = false;
let stopping: Promise<void> | undefined;
let stopParts = async () => undefined as unknown;

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    await Promise.allSettled([stopParts(), supervisor.stop()]);
    if (readCloudFile(dir!)?.pid === process.pid) removeCloudFile(dir!);
    process.exit(code);
  })();
  return stopping;
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
// Until it is ready, a starter that goes away has given up.
process.on('disconnect', () => {
  if (!running || bond === 'tied') void stop(0);
});

try {
  await cleanUp(dir);
  await rm(join(dir, 'logs'), { recursive: true, force: true });
  writeCloudFile(dir, { ...me, state: 'starting', has, env: {}, parts: [] });
  const cloud = await runParts(supervisor, has, (progress) => tell({ progress }));
  stopParts = cloud.stop;
  writeCloudFile(dir, { ...me, state: 'running', has, env: cloud.env, parts: cloud.parts });
  running = true;
  // Whoever removes the folder, or starts another local cloud in its place, has no way left to stop this one.
  setInterval(() => {
    if (readCloudFile(dir)?.pid !== process.pid) void stop(0);
  }, 1_000).unref();
  tell({ ready: true });
} catch (error) {
  const known =
    error instanceof HangarError
      ? error
      : new HangarError('HGR-901', error instanceof Error ? error.message : String(error));
  tell({ failed: known.toJSON() });
  await stop(1);
}
