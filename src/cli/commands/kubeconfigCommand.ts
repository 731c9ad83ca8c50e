import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { HangarError } from '../../errors/HangarError.js';
import { type Kubeconfig, mergeKubeconfig } from '../../kubernetes/mergeKubeconfig.js';
import type { Cli } from '../Cli.js';
import { findDeployment } from '../findDeployment.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { withClientIfReachable } from '../withClient.js';

interface KubeconfigFlags extends TargetFlags {
  readonly file?: string;
  readonly stdout?: boolean;
  readonly json?: boolean;
}

/** `hangar kubeconfig NAME`: lets kubectl reach the deployment's cluster. */
export function kubeconfigCommand(cli: Cli): Command {
  const command = new Command('kubeconfig')
    .summary("let kubectl reach a deployment's cluster")
    .description(
      'Adds the cluster of a deployment to your kubeconfig as context hangar-NAME and makes it the current one. No token ' +
        'is written: kubectl asks the cloud for one (on AWS: aws eks get-token).',
    )
    .argument('<name>', 'name of the deployment')
    .option('--file <file>', 'kubeconfig to change (default: the first of KUBECONFIG, or ~/.kube/config)')
    .option('--stdout', 'print it instead of changing a file')
    .addOption(jsonOption())
    .action(async (name: string, flags: KubeconfigFlags) => {
      await withClientIfReachable(cli, async (client) => {
        const status = await findDeployment(cli, client, name, flags);
        const { deploymentKubeconfig } = await import('../../client/deploymentKubeconfig.js');
        const config = await deploymentKubeconfig(client, status);
        if (flags.stdout) return flags.json ? cli.printJson(config) : cli.terminal.out(stringify(config));
        const file = flags.file ? resolve(flags.file) : defaultFile(cli.env);
        await writeMerged(file, config);
        const context = config['current-context'];
        if (flags.json) return cli.printJson({ name, file, context });
        cli.print([`Added ${context} to ${file}. Try: kubectl get pods`]);
      });
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar kubeconfig research', 'hangar kubeconfig research --stdout > research.kubeconfig'],
    '0 written or printed, 2 the file is no kubeconfig, 3 no credentials, 5 the cluster cannot be read, 7 no such deployment',
  );
}

function defaultFile(env: NodeJS.ProcessEnv): string {
  const first = env.KUBECONFIG?.split(delimiter).find((each) => each !== '');
  return first ? resolve(first) : join(homedir(), '.kube', 'config');
}

async function writeMerged(file: string, config: Kubeconfig): Promise<void> {
  try {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const merged = mergeKubeconfig(text, config, file);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // Renamed into place: a kubeconfig half written would lock the user out of every cluster in it.
    await writeFile(`${file}.hangar`, merged, { mode: 0o600 });
    await rename(`${file}.hangar`, file);
  } catch (error) {
    if (error instanceof HangarError) throw error;
    throw new HangarError('HGR-106', `Cannot write ${file}: ${(error as Error).message}`, {
      resource: file,
      next: 'Give another file with --file, or print it with --stdout.',
      cause: error,
    });
  }
}
