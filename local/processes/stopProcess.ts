import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessRecord, readRecords, removeRecord } from './processRecords.js';
import { processStartTime } from './processStartTime.js';

/** Whether the very process of this record runs; another one that was given the same id since does not count. */
export function isRunning(record: Pick<ProcessRecord, 'pid' | 'startTime'>): boolean {
  return processStartTime(record.pid) === record.startTime;
}

/** Ends the process of a record and all of its group: SIGTERM, after its grace SIGKILL; then removes the record. */
export async function stopProcess(dir: string, record: ProcessRecord): Promise<void> {
  if (isRunning(record)) {
    signalGroup(record.pid, 'SIGTERM');
    await gone(record, record.graceMs);
    // Also when the leader went in peace: it may have left children in its group.
    signalGroup(record.pid, 'SIGKILL');
    await gone(record, 5_000);
  }
  removeRecord(dir, record);
}

/** Ends every process that has a record in `dir`, at the same time. */
export async function stopRecorded(dir: string): Promise<void> {
  await Promise.all(readRecords(dir).map((record) => stopProcess(dir, record)));
}

async function gone(record: ProcessRecord, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (isRunning(record) && Date.now() < deadline) await sleep(20);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
