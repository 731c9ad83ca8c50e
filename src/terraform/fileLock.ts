import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
const touchMs = 5_000;
const staleMs = 30_000;

/**
 * Runs `work` while holding a lock file that all processes of this machine respect. Its holder touches it; one not touched
 * for 30 s belongs to a dead process and is taken over. Two may then take it over at once: `work` must be safe to run
 * twice, the lock only saves doing so.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) {
    await delay(pollMs, undefined, { signal });
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > staleMs) await rm(path, { force: true });
  }
  const touch = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => {});
  }, touchMs);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
