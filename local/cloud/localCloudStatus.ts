import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HangarError } from '../../src/errors/HangarError.js';
import { readRecords } from '../processes/processRecords.js';
import { isRunning } from '../processes/stopProcess.js';
import { type CloudFile, readCloudFile } from './cloudFile.js';

/** How a local cloud is. */
export interface LocalCloudStatus {
  readonly dir: string;
  /** `crashed`: its supervisor is gone and `down` has not tidied up after it. */
  readonly state: 'running' | 'starting' | 'stopped' | 'crashed';
  readonly env: CloudFile['env'];
  readonly parts: CloudFile['parts'];
  /** Its programs: those of clusters as `cluster/program`. */
  readonly programs: readonly {
    readonly name: string;
    readonly pid: number;
    readonly running: boolean;
    readonly log: string;
  }[];
}

/** Looks, without touching anything. */
export function localCloudStatus(folder: string): LocalCloudStatus {
  const dir = resolve(folder);
  const file = readCloudFile(dir);
  const programs = readRecords(dir).map((record) => ({
    name: record.name,
    pid: record.pid,
    running: isRunning(record),
    log: record.log,
  }));
  const tidy = programs.length === 0 && !existsSync(`${dir}/cloud.json`);
  return {
    dir,
    state: file?.state ?? (tidy ? 'stopped' : 'crashed'),
    env: file?.env ?? {},
    parts: file?.parts ?? [],
    programs,
  };
}

/** @throws HGR-805 when no local cloud runs in `folder` */
export function runningLocalCloud(folder: string): LocalCloudStatus {
  const status = localCloudStatus(folder);
  if (status.state === 'running') return status;
  throw new HangarError('HGR-805', `No local cloud runs in ${status.dir}`, { next: 'Start it with `hangar local up`' });
}
