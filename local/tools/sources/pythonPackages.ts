import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../packageRoot.js';
import type { Installation, Source } from './Source.js';

interface PythonPackages {
  /** Pinned requirements: a file in local/tools/requirements, or the requirements themselves. */
  readonly requirements: { readonly file: string } | readonly string[];
  /** A program `bin/<name>` that runs this module: pip's own scripts name their first folder, which changes. */
  readonly runs?: { readonly program: string; readonly module: string };
}

/** Python packages in a virtual environment of their own; pip fetches them, so its settings and mirrors apply. */
export function pythonPackages(source: PythonPackages): Source {
  const pinned =
    'file' in source.requirements
      ? ['-r', join(packageRoot, 'local/tools/requirements', source.requirements.file)]
      : [...source.requirements];
  return {
    description: `Python packages ${pinned.at(-1)!.replace(`${packageRoot}/`, '')}`,
    async install(installation) {
      const { folder, report } = installation;
      report('making a Python environment');
      await execa('python3', ['-m', 'venv', folder]);
      report('fetching Python packages');
      await pip(installation, pinned);
      if (source.runs) await writeRunner(folder, source.runs);
    },
  };
}

async function pip({ folder, report }: Installation, requirements: readonly string[]): Promise<void> {
  const python = join(folder, 'bin/python');
  const options = ['--disable-pip-version-check', '--no-input', '--no-warn-script-location'];
  const install = execa(python, ['-m', 'pip', 'install', ...options, ...requirements], { all: true });
  for await (const line of install.iterable({ from: 'all' })) {
    const found = /^(?:Collecting|Downloading|Building|Installing)\b.{0,80}/.exec(line.trim())?.[0];
    if (found) report(found);
  }
  await install;
}

async function writeRunner(folder: string, { program, module }: { program: string; module: string }): Promise<void> {
  const script = join(folder, 'bin', program);
  await writeFile(script, `#!/bin/sh\nexec "$(dirname "$0")/python" -m ${module} "$@"\n`);
  await chmod(script, 0o755);
}
