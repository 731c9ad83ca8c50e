import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/permissions.md`, 'utf8');

/** Actions as calls name them in their errors: `'s3:GetObject'`. */
const actions = readdirSync(`${root}src/clouds/aws`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(
    (file) =>
      readFileSync(`${root}src/clouds/aws/${file}`, 'utf8').match(/(?<=')[a-z0-9]+:[A-Z][A-Za-z0-9]+(?=')/g) ?? [],
  )
  .filter((action) => !action.startsWith('aws:'));

it('docs/permissions.md tells of every action that a call may be denied', () => {
  expect(actions.length).toBeGreaterThan(40);
  expect([...new Set(actions)].filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
});
