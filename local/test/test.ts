import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { testCounts } from './testCounts.js';

const root = path.resolve(import.meta.dirname, '../../..');
const report = path.join(root, '.hangar/test-report.json');

/** `npm test`: runs every test and ends with the line `N passed, N failed, N skipped`. Arguments go to vitest. */
async function test(args: readonly string[]): Promise<number> {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const run = await execa(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, stdio: 'inherit', reject: false },
  );
  const counts = testCounts(JSON.parse(readFileSync(report, 'utf8')));
  for (const [kind, n] of Object.entries(counts.byKind)) process.stdout.write(`${kind}: ${n} tests\n`);
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return run.exitCode === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

process.exitCode = await test(process.argv.slice(2));
