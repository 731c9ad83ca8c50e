import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Moves `member` of the folder an archive was unpacked to into its place, and drops the rest. */
export async function placeProgram(unpacked: string, member: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(join(unpacked, member), target);
  await rm(unpacked, { recursive: true, force: true });
}
