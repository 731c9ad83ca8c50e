import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a program in JavaScript that stands in for terraform; gives its path. */
export async function writeProgram(folder: string, name: string, body: string): Promise<string> {
  const path = join(folder, `${name}.cjs`);
  await writeFile(path, `#!${process.execPath}\n${body}\n`, { mode: 0o755 });
  return path;
}
