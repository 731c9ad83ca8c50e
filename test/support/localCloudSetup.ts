import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalCloud } from '../../local/cloud/startLocalCloud.js';
import './localCloud.js';

/** Global setup of the project `real`: one local cloud for the whole run; it ends with the run even if that crashes. */
export default async function localCloudSetup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'hangar-test-'));
  const cloud = await startLocalCloud({
    dir,
    tied: true,
    onProgress: (line) => process.stdout.write(`${line}\n`),
  });
  project.provide('localCloud', { dir, env: cloud.env, parts: cloud.parts });
  return async () => {
    await cloud.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
