import { readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { packageRoot } from '../packageRoot.js';

/**
 * Runs `hangar` as a person would, in this terminal.
 * @returns its exit code, and the name of the deployment where a file was given
 */
export async function runHangar(
  env: Readonly<Record<string, string>>,
  command: readonly string[],
  say: (text: string) => void,
): Promise<{ code: number; name: string }> {
  const shown = command.map((word) => (path.isAbsolute(word) ? path.relative(process.cwd(), word) : word));
  say(`$ hangar ${shown.join(' ')}`);
  const run = await execa(process.execPath, [path.join(packageRoot, 'bin/hangar.mjs'), ...command], {
    env,
    stdio: 'inherit',
    reject: false,
  });
  const file = command.find((word) => /\.ya?ml$/.test(word));
  return { code: run.exitCode ?? 1, name: file ? parse(readFileSync(file, 'utf8')).name : '' };
}
