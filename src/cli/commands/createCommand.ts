import { Command } from 'commander';
import type { Cli } from '../Cli.js';
import { followDeployment } from '../followDeployment.js';
import { addExamples, jsonOption } from '../options.js';
import { printOutputs } from '../printOutputs.js';
import { readDeploymentFile } from '../readDeploymentFile.js';
import { reportEnd } from '../reportEnd.js';
import { withClient } from '../withClient.js';

interface CreateFlags {
  readonly resume?: boolean;
  readonly attach?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
}

/** `hangar create FILE`: creates the deployment and shows how it goes. */
export function createCommand(cli: Cli): Command {
  const command = new Command('create')
    .summary('create a deployment and watch it')
    .description(
      'Creates the deployment that a file describes and shows how it goes. Ctrl-C detaches; the work goes on. ' +
        'A creation that fails is rolled back, unless the file says `onFailure: keep`.',
    )
    .argument('<file>', 'deployment file, YAML or JSON; - for standard input')
    .option('--resume', 'go on from what stands, where the deployment is there already')
    .option('--attach', 'where its creation is running already, watch that one instead of failing')
    .option('--detach', 'start it and return at once')
    .addOption(jsonOption())
    .action(async (file: string, flags: CreateFlags) => {
      const spec = await readDeploymentFile(cli, file);
      await withClient(cli, async (client) => {
        const [{ checkWorkers }, { createFlyte }] = await Promise.all([
          import('../../client/checkWorkers.js'),
          import('../../client/createFlyte.js'),
        ]);
        await checkWorkers(client);
        const { attach, json } = flags;
        const started = await createFlyte(client, { spec, attach, onExisting: flags.resume ? 'resume' : 'refuse' });
        if (flags.detach) {
          if (json) return cli.printJson(started);
          return cli.print([
            `${started.attached ? 'Already running' : 'Started'}: ${started.workflowId}`,
            `Watch: hangar status ${spec.name} --watch. Cancel: hangar cancel ${spec.name}`,
          ]);
        }
        if (started.attached) cli.hint(`${started.workflowId} is running already; watching it.`);
        const status = await followDeployment(cli, client, spec.name, started.runId);
        if (!status) return;
        reportEnd(cli, status, flags);
        if (!json) await printOutputs(cli, client, status);
      });
    });
  return addExamples(
    command,
    ['hangar create examples/aws.yaml', 'hangar create research.yaml --detach --json'],
    '0 ready (or started, with --detach), 2 the file is wrong, 3 something stands in the way, 4 no Temporal or no worker, ' +
      '5 failed and nothing is left, 6 failed and something is left, 8 cancelled, 130 detached by Ctrl-C',
  );
}
