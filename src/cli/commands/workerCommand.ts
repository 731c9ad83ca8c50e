import { Command } from 'commander';
import type { Cli } from '../Cli.js';
import { addExamples, jsonOption } from '../options.js';

/** `hangar worker`: runs workflows and activities until it is stopped. */
export function workerCommand(cli: Cli): Command {
  const command = new Command('worker')
    .summary('run a worker')
    .description(
      'Runs a worker: it does the work of every deployment, with terraform, helm and the cloud credentials of this process. ' +
        'SIGINT and SIGTERM stop it gently; steps that run are taken up by the next worker.',
    )
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const settings = await cli.settings();
      const [{ allActivities }, { startWorker }, { cloudByName }] = await Promise.all([
        import('../../../activities/allActivities.js'),
        import('../../worker/startWorker.js'),
        import('../../clouds/cloudByName.js'),
      ]);
      const worker = await startWorker(settings, { activities: allActivities({ settings, cloud: cloudByName }) });
      const { temporalAddress, temporalNamespace, taskQueue } = settings;
      if (json) cli.printJson({ temporalAddress, temporalNamespace, taskQueue, slots: worker.slots });
      else {
        cli.print([
          `Worker ready, polling task queue ${taskQueue} of Temporal at ${temporalAddress}, namespace ${temporalNamespace}.`,
          `${worker.slots} steps at once. Ctrl-C stops it gently: what runs has time to end.`,
        ]);
      }
      await worker.stopped;
    });
  return addExamples(
    command,
    ['hangar worker', 'HANGAR_WORKER_SLOTS=8 hangar worker'],
    '0 stopped, 2 a setting is wrong, 4 no Temporal',
  );
}
