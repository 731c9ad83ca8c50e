import { createInterface } from 'node:readline';
import { type ProcessRecord, removeRecord } from './processRecords.js';
import { stopProcess } from './stopProcess.js';

// Run by the Supervisor as `guard.js DIR`, which tells it of each program it starts, one JSON record a line. The input
// ends when the supervisor stops the guard or dies in whatever way; what then still runs of those programs is ended.
const dir = process.argv[2];
if (dir === undefined) throw new Error('usage: guard.js DIR');
const records: ProcessRecord[] = [];
for await (const line of createInterface({ input: process.stdin })) records.push(JSON.parse(line) as ProcessRecord);
await Promise.all(records.map((record) => stopProcess(dir, record)));
removeRecord(dir, { name: 'guard', pid: process.pid });
