import { Command } from 'commander';
import type { Cli } from '../Cli.js';
import { findDeployment } from '../findDeployment.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { renderOutputs } from '../render/renderOutputs.js';
import { withClientIfReachable } from '../withClient.js';

/** `hangar outputs NAME`: how to use a deployment, and what it has cost. */
export function outputsCommand(cli: Cli): Command {
  const command = new Command('outputs')
    .summary('show how to use a deployment')
    .description(
      'Shows the addresses of the console and of gRPC, the kubeconfig command, the bucket, the database host, and an ' +
        'estimate of the cost so far. With --json also every output of every step.',
    )
    .argument('<name>', 'name of the deployment')
    .addOption(jsonOption())
    .action(async (name: string, flags: TargetFlags & { json?: boolean }) => {
      await withClientIfReachable(cli, async (client) => {
        const status = await findDeployment(cli, client, name, flags);
        const { deploymentOutputs } = await import('../../client/deploymentOutputs.js');
        const report = await deploymentOutputs(client, status);
        if (flags.json) return cli.printJson(report);
        cli.print(renderOutputs(report));
      });
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar outputs research', 'hangar outputs research --json | jq -r .outputs.bucket.bucket_name'],
    '0 shown, 3 no credentials, 4 no Temporal and no state bucket to look into, 7 no such deployment',
  );
}
