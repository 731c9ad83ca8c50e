import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../processes/stopProcess.js';
import type { CloudPart, PartStatus } from './LocalCloud.js';

/** What `<dir>/cloud.json` says about the local cloud in `dir`. */
export interface CloudFile {
  /** The process that supervises it; see processStartTime. */
  readonly pid: number;
  readonly startTime: string;
  readonly state: 'starting' | 'running';
  readonly has: readonly CloudPart[];
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
}

const path = (dir: string) => join(dir, 'cloud.json');

/** Null when there is none, or its supervisor is gone. */
export function readCloudFile(dir: string): CloudFile | null {
  try {
    const file = JSON.parse(readFileSync(path(dir), 'utf8')) as CloudFile;
    return isRunning(file) ? file : null;
  } catch {
    return null;
  }
}

export function writeCloudFile(dir: string, file: CloudFile): void {
  mkdirSync(dir, { recursive: true });
  // Only its owner may read it: kubeconfigs and the like are named in it.
  writeFileSync(`${path(dir)}.new`, JSON.stringify(file, null, 2), { mode: 0o600 });
  renameSync(`${path(dir)}.new`, path(dir));
}

export function removeCloudFile(dir: string): void {
  rmSync(path(dir), { force: true });
}
