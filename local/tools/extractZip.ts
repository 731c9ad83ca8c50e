import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Unpacks a zip file. What is in it becomes executable, since archives of tools often lose that on the way.
 * @param member the only file to take; absent: all
 * @throws Error when the member is not in it, or a path points outside `folder`
 */
export async function extractZip(file: string, folder: string, member?: string): Promise<void> {
  const files = unzipSync(await readFile(file), {
    filter: ({ name }) => !name.endsWith('/') && (member === undefined || name === member),
  });
  const entries = Object.entries(files);
  if (entries.length === 0) throw new Error(`${file} holds no ${member ?? 'file'}`);
  for (const [name, content] of entries) {
    if (normalize(name).startsWith('..')) throw new Error(`${file} holds a path outside its folder: ${name}`);
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    await chmod(target, 0o755);
  }
}
