import { Command } from 'commander';
import type { HangarClient } from '../../client/HangarClient.js';
import { HangarError } from '../../errors/HangarError.js';
import type { DeploymentStatus } from '../../graph/DeploymentStatus.js';
import type { Cli } from '../Cli.js';
import { findDeployment } from '../findDeployment.js';
import { followDeployment } from '../followDeployment.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { renderDestruction } from '../render/renderDestruction.js';
import { reportEnd } from '../reportEnd.js';
import { withClient } from '../withClient.js';

interface DestroyFlags extends TargetFlags {
  readonly yes?: boolean;
  readonly ifExists?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
}

/** `hangar destroy NAME`: shows what will go, asks, destroys it and shows how it goes. */
export function destroyCommand(cli: Cli): Command {
  const command = new Command('destroy')
    .summary('destroy a deployment')
    .description(
      'Shows what will go, asks, and destroys it: every step in reverse, at full parallelism, until the cloud lists ' +
        'nothing more of it. The state bucket stays.',
    )
    .argument('<name>', 'name of the deployment')
    .option('-y, --yes', 'do not ask')
    .option('--if-exists', 'succeed where there is no such deployment')
    .option('--detach', 'start it and return at once')
    .addOption(jsonOption())
    .action(async (name: string, flags: DestroyFlags) => {
      if (!flags.yes && (flags.json || !cli.terminal.interactive)) throw nobodyToAsk(name, flags);
      await withClient(cli, async (client) => {
        const status = await find(cli, client, name, flags);
        if (!status) return reportAbsent(cli, name, flags);
        if (!flags.yes) await confirm(cli, status);
        await destroy(cli, client, status, flags);
      });
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar destroy research', 'hangar destroy research --yes --if-exists'],
    '0 nothing is left (or started, with --detach), 2 --yes is missing where nobody can be asked, 3 protected or busy, ' +
      '4 no Temporal or no worker, 6 something is left, 7 no such deployment, 8 not confirmed, 130 detached by Ctrl-C',
  );
}

async function find(
  cli: Cli,
  client: HangarClient,
  name: string,
  flags: DestroyFlags,
): Promise<DeploymentStatus | undefined> {
  try {
    // That nothing is there may be said only of a bucket that was looked into.
    const status = await findDeployment(cli, client, name, flags, flags.ifExists);
    if (status.phase !== 'gone') return status;
  } catch (error) {
    if (!(error instanceof HangarError) || error.code !== 'HGR-604' || !flags.ifExists) throw error;
    return undefined;
  }
  if (flags.ifExists) return undefined;
  throw new HangarError('HGR-604', `The deployment ${name} is gone already`, { resource: name });
}

function reportAbsent(cli: Cli, name: string, { json }: DestroyFlags): void {
  if (json) cli.printJson({ name, existed: false });
  else cli.print([`There is no deployment ${name}; nothing to do.`]);
}

async function confirm(cli: Cli, status: DeploymentStatus): Promise<void> {
  cli.print(renderDestruction(status, cli.style));
  const answer = await cli.terminal.ask(`Type the name of the deployment to destroy it: `);
  if (answer.trim() === status.name) return;
  throw new HangarError('HGR-610', `Nothing was destroyed: the answer was not ${status.name}`, {
    resource: status.name,
  });
}

async function destroy(cli: Cli, client: HangarClient, status: DeploymentStatus, flags: DestroyFlags): Promise<void> {
  const [{ checkWorkers }, { destroyFlyte }] = await Promise.all([
    import('../../client/checkWorkers.js'),
    import('../../client/destroyFlyte.js'),
  ]);
  await checkWorkers(client);
  const started = await destroyFlyte(client, status, { ifExists: flags.ifExists });
  if (flags.detach) {
    if (flags.json) return cli.printJson(started);
    return cli.print([`Started: ${started.workflowId}`, `Watch: hangar status ${status.name} --watch`]);
  }
  const end = await followDeployment(cli, client, status.name, started.runId);
  if (end) reportEnd(cli, end, flags);
}

function nobodyToAsk(name: string, { json }: DestroyFlags): HangarError {
  const why = json ? 'with --json nothing is asked' : 'this is no terminal, so nobody can be asked';
  return new HangarError('HGR-106', `Nothing was destroyed: ${why}`, {
    resource: name,
    next: `Add --yes to destroy without being asked: hangar destroy ${name} --yes`,
  });
}
