import { removeRecord } from './processRecords.js';
import { stopRecorded } from './stopProcess.js';

// Run by the Supervisor as `guard.js DIR`. Its standard input ends when the starter stops it or dies in whatever way.
const dir = process.argv[2];
if (dir === undefined) throw new Error('usage: guard.js DIR');
process.stdin.resume();
process.stdin.once('end', () => {
  stopRecorded(dir, ['guard'])
    .then(() => removeRecord(dir, 'guard'))
    .finally(() => process.exit(0));
});
