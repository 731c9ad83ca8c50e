import { Command } from 'commander';
import type { HangarClient } from '../../client/HangarClient.js';
import type { DeploymentStatus } from '../../graph/DeploymentStatus.js';
import type { Cli } from '../Cli.js';
import { findDeployment } from '../findDeployment.js';
import { followDeployment } from '../followDeployment.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { renderError } from '../render/renderError.js';
import { renderLeftovers } from '../render/renderLeftovers.js';
import { renderTree } from '../render/renderTree.js';
import { reportEnd } from '../reportEnd.js';
import { withClientIfReachable } from '../withClient.js';

interface StatusFlags extends TargetFlags {
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** `hangar status NAME`: how a deployment stands, once or until its work ends. */
export function statusCommand(cli: Cli): Command {
  const command = new Command('status')
    .summary('show how a deployment stands')
    .description(
      'Shows the steps of a deployment: state, time, what each does or waits for. Where Temporal knows nothing of it, its ' +
        'manifest in the state bucket tells.',
    )
    .argument('<name>', 'name of the deployment')
    .option('-w, --watch', 'go on showing until the work ends; Ctrl-C detaches')
    .addOption(jsonOption())
    .action(async (name: string, flags: StatusFlags) => {
      await withClientIfReachable(cli, async (client) => {
        const status = await findDeployment(cli, client, name, flags);
        if (flags.watch && client && isUnderWay(status)) return await watch(cli, client, name, flags);
        if (flags.json) return cli.printJson(status);
        cli.print(renderTree(status, { style: cli.style, now: new Date() }));
        cli.print(renderLeftovers(status.leftovers, cli.style));
        if (status.error) cli.print(renderError(status.error, cli.style));
        if (status.source === 'manifest') cli.hint('Temporal knows nothing of it: this is from the state bucket.');
      });
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar status research', 'hangar status research --watch'],
    '0 shown, 4 no Temporal and no state bucket to look into, 7 no such deployment; with --watch that of the work, 130 detached',
  );
}

async function watch(cli: Cli, client: HangarClient, name: string, flags: StatusFlags): Promise<void> {
  const end = await followDeployment(cli, client, name);
  if (end) reportEnd(cli, end, flags);
}

/** A workflow works on it, as far as is known. */
function isUnderWay({ source, endedAt }: DeploymentStatus): boolean {
  return source !== 'manifest' && endedAt === undefined;
}
