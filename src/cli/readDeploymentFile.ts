import { readFile } from 'node:fs/promises';
import { HangarError } from '../errors/HangarError.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { parseDeployment } from '../spec/parseDeployment.js';
import type { Cli } from './Cli.js';

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/**
 * Reads and parses a deployment file; `-` is standard input.
 * @throws HangarError HGR-103 where it cannot be read; HGR-101, HGR-102, HGR-104, HGR-105 where it is wrong
 */
export async function readDeploymentFile(cli: Cli, file: string): Promise<DeploymentSpec> {
  cli.file = file === '-' ? 'standard input' : file;
  let text: string;
  try {
    text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new HangarError('HGR-103', `Cannot read ${cli.file}: ${reasons[code] ?? code}`, {
      resource: file,
      next: 'Give the path of a deployment file; examples/aws.yaml is one.',
      cause: error,
    });
  }
  return parseDeployment(text);
}
