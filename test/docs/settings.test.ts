import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('docs/settings.md tells of every variable that is read, and of no other', () => {
  const source = readFileSync('src/settings/readSettings.ts', 'utf8');
  const read = [...source.matchAll(/reader\.\w+\('([A-Z_]+)'\)/g)].map((match) => match[1]!);
  const page = readFileSync('docs/settings.md', 'utf8');
  const told = [...page.matchAll(/^\| `((?:HANGAR|TEMPORAL)_[A-Z_]+)`/gm)].map((match) => match[1]!);
  expect(read.length).toBeGreaterThan(10);
  // The CLI itself reads HANGAR_DEBUG.
  expect(new Set(told)).toEqual(new Set([...read, 'HANGAR_DEBUG']));
});
