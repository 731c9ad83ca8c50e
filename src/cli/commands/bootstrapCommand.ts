import { Command } from 'commander';
import type { CloudTarget } from '../../clouds/Cloud.js';
import type { Cli } from '../Cli.js';
import { findTarget } from '../findTarget.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { readDeploymentFile } from '../readDeploymentFile.js';

/** `hangar bootstrap`: makes or removes the state bucket of an account and region. */
export function bootstrapCommand(cli: Cli): Command {
  const command = new Command('bootstrap')
    .summary('make or remove the state bucket')
    .description(
      'Makes the state bucket of an account and region: encrypted, versioned, private. `hangar create` makes it by itself; ' +
        'this is for accounts where somebody else has to. --delete removes it when no deployment is in it.',
    )
    .argument('[file]', 'deployment file whose cloud, account and region are meant, instead of the options')
    .option('--delete', 'remove it; refused while a deployment is in it')
    .addOption(jsonOption())
    .action(async (file: string | undefined, flags: TargetFlags & { delete?: boolean; json?: boolean }) => {
      const target = file ? targetOf(await readDeploymentFile(cli, file)) : await findTarget(cli, flags);
      const where = `${target.cloud} account ${target.account}, ${target.region}`;
      if (flags.delete) {
        const { deleteState } = await import('../../client/deleteState.js');
        await deleteState(target);
        if (flags.json) return cli.printJson({ ...target, deleted: true });
        return cli.print([`The state bucket of ${where} is gone.`]);
      }
      const { bootstrapState } = await import('../../client/bootstrapState.js');
      const outputs = await bootstrapState(target);
      if (flags.json) return cli.printJson({ ...target, ...outputs });
      cli.print([`The state bucket of ${where} stands: ${outputs.state_bucket}`]);
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar bootstrap --region us-east-1', 'hangar bootstrap --delete examples/aws.yaml'],
    '0 made or removed, 2 no region or a wrong file, 3 no credentials, or a deployment is in it, 5 it could not be made, 7 it is not there',
  );
}

function targetOf({ cloud, account, region }: CloudTarget): CloudTarget {
  return { cloud, account, region };
}
