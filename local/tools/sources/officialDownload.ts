import { chmod, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { downloadFile } from '../downloadFile.js';
import { extractZip } from '../extractZip.js';
import { placeProgram } from '../placeProgram.js';
import { goPlatform, terraformPlatform } from '../platform.js';
import type { Source } from './Source.js';

interface OfficialDownload {
  /** The file, for `os` and `arch` in Go's names. */
  readonly url: (os: string, arch: string) => string;
  /** SHA-256 of the file by platform, as `linux_amd64`. */
  readonly sha256: Readonly<Record<string, string>>;
  /** The publisher's own list of checksums, for platforms that `sha256` lacks. */
  readonly checksums?: string;
  /** The program (or folder) inside the archive; absent: the file is the program. */
  readonly member?: (os: string, arch: string) => string;
  /** Where it goes in the tool's folder. */
  readonly program: string;
}

/** A release as its makers publish it, taken only if its SHA-256 is the expected one. */
export function officialDownload(download: OfficialDownload): Source {
  const { os, arch } = goPlatform;
  const url = download.url(os, arch);
  return {
    description: `official release ${url}`,
    async install({ folder, report }) {
      const unpacked = join(folder, 'unpacked');
      await mkdir(unpacked);
      const file = join(unpacked, basename(new URL(url).pathname));
      const sha256 = download.sha256[terraformPlatform] ?? (await publishedChecksum(download.checksums, file));
      await downloadFile(url, file, { sha256, report });
      report('unpacking');
      const member = download.member?.(os, arch) ?? basename(file);
      if (file.endsWith('.zip')) await extractZip(file, unpacked, member);
      else if (file.endsWith('.tar.gz')) await execa('tar', ['-xzf', file, '-C', unpacked, member]);
      else await chmod(file, 0o755);
      await placeProgram(unpacked, member, join(folder, download.program));
    },
  };
}

async function publishedChecksum(list: string | undefined, file: string): Promise<string> {
  if (!list) throw new Error(`no checksum is known for ${terraformPlatform}`);
  const response = await fetch(list, { signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`${list} answered ${response.status}`);
  const lines = (await response.text()).split('\n');
  const sum = lines
    .find((line) => line.trim().endsWith(basename(file)))
    ?.trim()
    .split(/\s+/)[0];
  if (!sum || !/^[0-9a-f]{64}$/.test(sum)) throw new Error(`${list} names no checksum for ${basename(file)}`);
  return sum;
}
