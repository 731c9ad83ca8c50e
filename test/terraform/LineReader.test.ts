import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineReader } from '../../src/terraform/LineReader.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('LineReader', () => {
  it('gives a line once it has ended, and the rest at the end', async () => {
    const file = join(folder, 'out');
    const lines: string[] = [];
    const reader = new LineReader(file);
    await reader.read((line) => lines.push(line));
    await writeFile(file, 'one\ntw');
    await reader.read((line) => lines.push(line));
    expect(lines).toEqual(['one']);
    await appendFile(file, 'o\nthree');
    await reader.read((line) => lines.push(line));
    expect(lines).toEqual(['one', 'two']);
    await reader.close((line) => lines.push(line));
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('cuts a line that is too long and goes on with the next', async () => {
    const file = join(folder, 'out');
    await writeFile(file, `${'x'.repeat(300_000)}\nshort\n`);
    const lines: string[] = [];
    await new LineReader(file, 100).close((line) => lines.push(line));
    expect(lines).toEqual(['x'.repeat(100), 'short']);
  });

  it('gives the same lines however they are written', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '))),
        async (texts) => {
          const file = join(folder, `out-${++run}`);
          await writeFile(file, '');
          const lines: string[] = [];
          const reader = new LineReader(file);
          const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
          for (let at = 0; at < bytes.length; at += 7) {
            await appendFile(file, bytes.subarray(at, at + 7));
            await reader.read((line) => lines.push(line));
          }
          await reader.close((line) => lines.push(line));
          expect(lines).toEqual(texts);
        },
      ),
      { numRuns: 30 },
    );
  });
});
