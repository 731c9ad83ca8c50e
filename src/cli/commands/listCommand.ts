import { Command } from 'commander';
import { HangarError } from '../../errors/HangarError.js';
import type { Cli } from '../Cli.js';
import { findTarget, namedTarget } from '../findTarget.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { renderList } from '../render/renderList.js';
import { withClientIfReachable } from '../withClient.js';

/** `hangar list`: all deployments that Temporal or the state bucket knows. */
export function listCommand(cli: Cli): Command {
  const command = new Command('list')
    .summary('list deployments')
    .description(
      'Lists the deployments that Temporal knows and those in the state bucket of the account and region at hand. ' +
        'Without a region only Temporal is asked.',
    )
    .addOption(jsonOption())
    .action(async (flags: TargetFlags & { json?: boolean }) => {
      await withClientIfReachable(cli, async (client) => {
        const { listDeployments } = await import('../../client/listDeployments.js');
        const target = await findTarget(cli, flags).catch((error: unknown) => {
          // Temporal alone can answer too; what kept the bucket out is told, not hidden.
          if (!client || !(error instanceof HangarError)) throw error;
          cli.hint(`The state bucket was not looked into: ${error.message}. ${error.next ?? ''}`);
          return flags.account || flags.region ? namedTarget(cli, flags) : {};
        });
        // Temporal's answer is narrowed only by what the flags ask for.
        const deployments = await listDeployments(client, target);
        if (flags.json) return cli.printJson(deployments);
        cli.print(renderList(deployments, new Date()));
      });
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar list', 'hangar list --region eu-central-1 --json'],
    '0 listed, 3 no credentials, 4 no Temporal and no state bucket to look into',
  );
}
