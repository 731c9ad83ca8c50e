import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { packageRoot } from '../../local/packageRoot.js';

const setup = () => execa(process.execPath, [join(packageRoot, 'local/setup.mjs')], { all: true });

it('does nothing and says nothing when everything is set up', async () => {
  await setup();
  expect((await setup()).all).toBe('');
});
