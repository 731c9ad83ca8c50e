import { Command } from 'commander';
import { buildGraph } from '../../graph/buildGraph.js';
import type { Cli } from '../Cli.js';
import { addExamples, jsonOption } from '../options.js';
import { readDeploymentFile } from '../readDeploymentFile.js';

/** `hangar validate FILE`: checks a deployment file; needs neither cloud nor Temporal. */
export function validateCommand(cli: Cli): Command {
  const command = new Command('validate')
    .summary('check a deployment file')
    .description('Checks a deployment file and tells every mistake in it at once. Needs neither cloud nor Temporal.')
    .argument('<file>', 'deployment file, YAML or JSON; - for standard input')
    .addOption(jsonOption())
    .action(async (file: string, { json }: { json?: boolean }) => {
      const spec = await readDeploymentFile(cli, file);
      const steps = buildGraph(spec).map((step) => step.name);
      if (json) return cli.printJson({ valid: true, spec, steps });
      const { name, cloud, region, account, size, flyte } = spec;
      cli.print([
        `${cli.style.green('valid')} ${cli.file}`,
        `  ${name} on ${cloud} ${region}, account ${account}, size ${size}`,
        `  Flyte ${flyte.version} (${flyte.distribution}), ${steps.length} steps: ${steps.join(', ')}`,
      ]);
    });
  return addExamples(command, ['hangar validate examples/aws.yaml'], '0 valid, 2 not valid or not readable');
}
