import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStartTime } from '../processes/processStartTime.js';

/** Where installed tools are kept: HANGAR_CACHE, else `hangar` in the user's cache folder. Shared by all clones. */
export function toolsFolder(): string {
  const base = process.env.HANGAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hangar');
  return join(base, 'tools');
}

/**
 * Holds a lock file while `work` runs, so that two clones that install at once do not do it twice.
 * The lock of a process that is gone is taken over.
 * @param waiting called once, when another process holds it
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const owner = `${process.pid} ${processStartTime(process.pid)}`;
  let told = false;
  while (!(await tryLock(file, owner))) {
    if (!told) waiting();
    told = true;
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string, owner: string): Promise<boolean> {
  try {
    await writeFile(file, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = await readFile(file, 'utf8').catch(() => '');
  const [pid, ...startTime] = holder.split(' ');
  // An empty file is a lock that is being written just now.
  const dead = holder !== '' && processStartTime(Number(pid)) !== startTime.join(' ');
  if (dead) await rm(file, { force: true });
  return false;
}
