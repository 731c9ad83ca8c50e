import { expect, it } from 'vitest';
import { testCounts } from '../../../local/test/testCounts.js';

const file = (name: string, status: string, ...results: string[]) => ({
  name,
  status,
  assertionResults: results.map((result) => ({ status: result })),
});

it('counts by outcome and by kind', () => {
  const counts = testCounts({
    testResults: [
      file('/x/test/spec/a.test.ts', 'passed', 'passed', 'skipped', 'todo'),
      file('/x/test/helm/b.real.test.ts', 'failed', 'failed', 'passed'),
    ],
  });
  expect(counts).toMatchObject({ passed: 2, failed: 1, skipped: 2 });
  expect(counts.byKind).toEqual({ 'fast, pure code': 3, 'parts, against the real tool or API': 2 });
});

it('does not let a file hide that failed before its first test', () => {
  expect(testCounts({ testResults: [file('/x/test/a.test.ts', 'failed')] }).failed).toBe(1);
  expect(testCounts({ testResults: [file('/x/test/a.test.ts', 'failed', 'passed')] }).failed).toBe(1);
});
