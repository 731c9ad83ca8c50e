import { defineConfig } from 'vitest/config';

/** Tests that share the run's whole local cloud, and so run one after another. */
const onSharedCloud = ['test/e2e/**/*.test.ts', 'test/local/gateway/eks.real.test.ts'];
const patience = { testTimeout: 600_000, hookTimeout: 900_000 };

/**
 * `fast`: pure, no process; `real`: against the real tool, API or server, each file with its own; `cloud`: on one whole
 * local cloud. One group after the other, so that none takes the processors from the next.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.real.test.ts', ...onSharedCloud],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.real.test.ts'],
          exclude: onSharedCloud,
          // They wait more than they compute: terraform's providers poll.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      {
        test: {
          name: 'cloud',
          include: onSharedCloud,
          globalSetup: ['test/support/localCloudSetup.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...patience,
        },
      },
    ],
  },
});
