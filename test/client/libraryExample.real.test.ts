import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorkflowBed, testSpec, type WorkflowBed } from '../support/workflowBed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Within the package, so that `import 'hangar'` finds its build by its own name. */
const program = path.join(root, 'dist', 'libraryExample.mjs');
let bed: WorkflowBed;
let folder: string;
beforeAll(async () => {
  bed = await startWorkflowBed();
  folder = mkdtempSync(path.join(tmpdir(), 'hangar-library-'));
});
afterAll(async () => {
  await bed?.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(program, { force: true });
});

it('the example of docs/library.md runs as it is printed', async () => {
  const example = /```js\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'docs/library.md'), 'utf8'))![1]!;
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(22);
  const spec = testSpec({ name: 'research' });
  writeFileSync(path.join(folder, 'research.yaml'), JSON.stringify(spec));
  writeFileSync(program, example);
  const { stdout, stderr } = await execa(process.execPath, [program], {
    cwd: folder,
    env: { TEMPORAL_ADDRESS: bed.server.address },
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('ready 15 of 15');
  expect(stdout).toContain("bucket { made_by: 'bucket' }");
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^gone/);
  expect(bed.world.standingOf('research')).toEqual([]);
});
