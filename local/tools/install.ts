import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { HangarError } from '../../src/errors/HangarError.js';
import { everydayTools, installTools } from './installTools.js';
import { type ToolName, toolNames } from './Tool.js';
import { toolProgressPrinter } from './toolProgressPrinter.js';

// node dist/local/tools/install.js [TOOL…] [--prefix FOLDER]: finds or installs tools; with --prefix copies their
// programs there, as the image's Dockerfile does. Prints nothing when all are there already.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { prefix: { type: 'string' } } });

try {
  const unknown = positionals.filter((name) => !(toolNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new HangarError('HGR-106', `There is no tool ${unknown.join(', ')}`, {
      next: `Name some of ${toolNames.join(', ')}`,
    });
  }
  const names = positionals.length > 0 ? (positionals as ToolName[]) : everydayTools;
  const paths = await installTools(names, toolProgressPrinter(process.stderr));
  if (values.prefix) {
    await mkdir(values.prefix, { recursive: true });
    for (const name of names) {
      const target = join(values.prefix, basename(paths[name]));
      await copyFile(paths[name], target);
      await chmod(target, 0o755);
      process.stdout.write(`${target}\n`);
    }
  }
} catch (error) {
  if (!(error instanceof HangarError)) throw error;
  process.stderr.write(`${error.code} ${error.message}\n${error.next ? `Next: ${error.next}\n` : ''}`);
  process.exitCode = error.exitCode;
}
