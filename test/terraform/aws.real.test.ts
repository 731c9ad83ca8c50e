import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyStep } from '../../src/terraform/applyStep.js';
import { previewStep } from '../../src/terraform/previewStep.js';
import { removeStep } from '../../src/terraform/removeStep.js';
import { type AwsBench, openAwsBench } from './awsBench.js';
import { openStepBench, type StepBench } from './stepBench.js';

let aws: AwsBench;
let bench: StepBench;
beforeAll(async () => {
  aws = await openAwsBench();
  bench = await openStepBench();
});
afterAll(async () => {
  await bench?.remove();
  await aws?.stop();
});
const attempt = (options: Parameters<StepBench['attempt']>[0] = {}) =>
  bench.attempt({
    cloud: aws.cloud,
    settings: { ...aws.settings, terraformModules: resolve('terraform') },
    ...options,
  });

describe('AWS', () => {
  it('works', async () => {
    for (const f of [previewStep, applyStep, applyStep, removeStep]) {
      const t = performance.now();
      const report = await f(attempt());
      process.stdout.write(
        `${JSON.stringify((await aws.cloud.findByTag(attempt().request.spec, 'bench')).map((r) => r.id))}\n`,
      );
      process.stdout.write(`${f.name} ${((performance.now() - t) / 1000).toFixed(2)} ${JSON.stringify(report)}\n`);
    }
    process.stdout.write(`${JSON.stringify(await aws.resources())}\n${JSON.stringify(bench.progress.slice(0, 5))}`);
    expect(1).toBe(1);
  });
});
