import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalCloud } from '../../local/cloud/startLocalCloud.js';
import { packageRoot } from '../../local/packageRoot.js';
import './localCloud.js';

/** The local cloud runs from dist/; a test run started by hand may have forgotten to build it. */
function warnOfOldBuild(): void {
  const built = statSync(join(packageRoot, 'dist/.build-signature'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(packageRoot, 'local'), { recursive: true, encoding: 'utf8' });
  const newer = sources.find(
    (file) => file.endsWith('.ts') && statSync(join(packageRoot, 'local', file)).mtimeMs > built,
  );
  if (newer) process.stdout.write(`local/${newer} is newer than the build: run \`npm run build\`\n`);
}

/** Global setup of the project `real`: one local cloud for the whole run; it ends with the run even if that crashes. */
export default async function localCloudSetup(project: TestProject): Promise<() => Promise<void>> {
  warnOfOldBuild();
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
