/** The part of vitest's JSON report that is counted. */
export interface TestReport {
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { status: string }[];
  }[];
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Tests by what they run against. */
  byKind: Record<string, number>;
}

/** Counts a report; a file that failed before its first test counts as one failure, so that it cannot hide. */
export function testCounts(report: TestReport): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0, byKind: {} };
  for (const file of report.testResults) {
    const statuses = file.assertionResults.map((result) => result.status);
    const failed = statuses.filter((status) => status === 'failed').length;
    counts.passed += statuses.filter((status) => status === 'passed').length;
    counts.failed += file.status === 'failed' && failed === 0 ? 1 : failed;
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
    const kind = kindOf(file.name);
    counts.byKind[kind] = (counts.byKind[kind] ?? 0) + statuses.length;
  }
  return counts;
}

function kindOf(file: string): string {
  if (file.includes('/test/e2e/')) return 'end to end, whole local cloud';
  if (file.includes('/test/chaos/')) return 'chaos';
  if (!file.endsWith('.real.test.ts')) return 'fast, pure code';
  return file.includes('/test/workflows/') ? 'workflows, on a Temporal server' : 'parts, against the real tool or API';
}
