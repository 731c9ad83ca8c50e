import { Command } from 'commander';
import { buildGraph } from '../../graph/buildGraph.js';
import type { Cli } from '../Cli.js';
import { addExamples, jsonOption } from '../options.js';
import { readDeploymentFile } from '../readDeploymentFile.js';
import { renderPlan } from '../render/renderPlan.js';
import { withClient } from '../withClient.js';

/** `hangar plan FILE`: what create would do; makes nothing. */
export function planCommand(cli: Cli): Command {
  const command = new Command('plan')
    .summary('say what create would do')
    .description('Says what creating would do, step by step, with counts and the risky changes by name. Makes nothing.')
    .argument('<file>', 'deployment file, YAML or JSON; - for standard input')
    .addOption(jsonOption())
    .action(async (file: string, { json }: { json?: boolean }) => {
      const spec = await readDeploymentFile(cli, file);
      await withClient(cli, async (client) => {
        const [{ checkWorkers }, { planFlyte }] = await Promise.all([
          import('../../client/checkWorkers.js'),
          import('../../client/planFlyte.js'),
        ]);
        await checkWorkers(client);
        if (!json) cli.hint(`Planning ${spec.name} …`);
        const plans = await planFlyte(client, { spec });
        if (json) return cli.printJson({ name: spec.name, steps: plans });
        cli.print(renderPlan(plans, buildGraph(spec), cli.style));
      });
    });
  return addExamples(
    command,
    ['hangar plan examples/aws.yaml'],
    '0 planned, 2 the file is wrong, 3 something stands in the way, 4 no Temporal or no worker, 5 terraform failed',
  );
}
