// A worker in a process of its own, to be killed: runs applyStep on a bench that the test has opened.
import { runnerImport } from 'vite';

const [folder, options] = process.argv.slice(2);
const { module } = await runnerImport(new URL('./stepBench.ts', import.meta.url).pathname);
const { module: step } = await runnerImport(new URL('../../src/terraform/applyStep.ts', import.meta.url).pathname);
const bench = await module.openStepBench(folder);
await step.applyStep({
  ...bench.attempt(JSON.parse(options)),
  report: (progress) => process.stdout.write(`${JSON.stringify(progress)}\n`),
});
