import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, stopRecorded } from '../processes/stopProcess.js';
import { readCloudFile, removeCloudFile } from './cloudFile.js';

/** How long the supervisor may take to end everything in order before it is killed. */
const patienceMs = 30_000;

/** What `down` leaves of a local cloud's folder is its logs. */
const workFiles = ['clusters', 'home', 'load-balancers', 'processes', 'tmp', 'worker', 'ca.pem', 'terraform.rc'];

/** Ends the local cloud in `dir`, also one whose supervisor crashed; nothing happens when there is none. */
export async function stopLocalCloud(dir: string): Promise<void> {
  const file = readCloudFile(dir);
  if (file) {
    process.kill(file.pid, 'SIGTERM');
    const deadline = Date.now() + patienceMs;
    while (isRunning(file) && Date.now() < deadline) await sleep(30);
    if (isRunning(file)) process.kill(file.pid, 'SIGKILL');
  }
  await cleanUp(dir);
}

/** Ends whatever an earlier local cloud in `dir` left running and removes its working files. */
export async function cleanUp(dir: string): Promise<void> {
  await stopRecorded(dir);
  removeCloudFile(dir);
  for (const name of workFiles) await rm(join(dir, name), { recursive: true, force: true });
}
