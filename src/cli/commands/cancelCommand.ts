import { Command } from 'commander';
import type { Cli } from '../Cli.js';
import { followDeployment } from '../followDeployment.js';
import { addExamples, jsonOption } from '../options.js';
import { reportEnd } from '../reportEnd.js';
import { withClient } from '../withClient.js';

/** `hangar cancel NAME`: stops the work on a deployment. */
export function cancelCommand(cli: Cli): Command {
  const command = new Command('cancel')
    .summary('stop the work on a deployment')
    .description(
      'Asks the running work on a deployment to stop and shows how it ends: a creation rolls back (unless the file says ' +
        '`onFailure: keep`), a destruction stops where it is.',
    )
    .argument('<name>', 'name of the deployment')
    .option('--detach', 'ask and return at once')
    .addOption(jsonOption())
    .action(async (name: string, { detach, json }: { detach?: boolean; json?: boolean }) => {
      await withClient(cli, async (client) => {
        const { cancelDeployment } = await import('../../client/cancelDeployment.js');
        await cancelDeployment(client, name);
        if (detach) {
          if (json) return cli.printJson({ name, cancelling: true });
          return cli.print([`Asked to stop. Watch: hangar status ${name} --watch`]);
        }
        const status = await followDeployment(cli, client, name);
        if (!status) return;
        // That the work was cancelled is what was asked for, no failure.
        const asAsked = status.error?.code === 'HGR-607';
        reportEnd(cli, asAsked ? { ...status, error: undefined } : status, { json });
        if (asAsked && !json) cli.print([status.error!.message]);
      });
    });
  return addExamples(
    command,
    ['hangar cancel research'],
    '0 stopped (or asked to stop, with --detach), 4 no Temporal, 6 something is left, 7 nothing is running, 130 detached',
  );
}
