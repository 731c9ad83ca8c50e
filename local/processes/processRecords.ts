import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is written down about a process the moment it runs, so that anybody can end it later, and only it. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  /** See processStartTime. */
  readonly startTime: string;
  readonly command: string;
  readonly log: string;
  /** How long it may take to end by itself when it is stopped. */
  readonly graceMs: number;
}

/** Where the records of the local cloud in `dir` are. */
export function recordsFolder(dir: string): string {
  return join(dir, 'processes');
}

/** Synchronous on purpose: nothing may come between the start of a process and its record. */
export function writeRecord(dir: string, record: ProcessRecord): void {
  const file = recordFile(dir, record.name);
  mkdirSync(recordsFolder(dir), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
  renameSync(`${file}.new`, file);
}

/** Removes the record of this very process; one of the same name that another local cloud in `dir` wrote since stays. */
export function removeRecord(dir: string, { name, pid }: Pick<ProcessRecord, 'name' | 'pid'>): void {
  if (readRecord(recordFile(dir, name))?.pid === pid) rmSync(recordFile(dir, name), { force: true });
}

/** Every record in the folder of a local cloud; a half-written one is no record. */
export function readRecords(dir: string): ProcessRecord[] {
  let files: string[];
  try {
    files = readdirSync(recordsFolder(dir)).filter((file) => file.endsWith('.json'));
  } catch {
    return [];
  }
  return files.flatMap((file) => readRecord(join(recordsFolder(dir), file)) ?? []);
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}

function recordFile(dir: string, name: string): string {
  return join(recordsFolder(dir), `${name.replaceAll('/', '.')}.json`);
}
