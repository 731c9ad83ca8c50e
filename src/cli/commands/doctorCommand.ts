import { Command } from 'commander';
import type { DoctorCheck } from '../../client/doctor.js';
import { exitCodes } from '../../errors/errorCodes.js';
import type { Cli } from '../Cli.js';
import { namedTarget } from '../findTarget.js';
import { addExamples, addTargetOptions, jsonOption, type TargetFlags } from '../options.js';
import { renderDoctor } from '../render/renderDoctor.js';

/** `hangar doctor`: what is missing on this machine and around it, and how to get it. */
export function doctorCommand(cli: Cli): Command {
  const command = new Command('doctor')
    .summary('look for what is missing')
    .description(
      'Looks at all that a deployment needs: terraform and helm (where the worker runs), cloud credentials, Temporal, a ' +
        'worker, the state bucket. Says what is missing and how to get it; changes nothing.',
    )
    .addOption(jsonOption())
    .action(async (flags: TargetFlags & { json?: boolean }) => {
      const settings = await cli.settings();
      const { doctor } = await import('../../client/doctor.js');
      const checks = await doctor(settings, namedTarget(cli, flags));
      if (flags.json) cli.printJson(checks);
      else cli.print(renderDoctor(checks, cli.style));
      cli.exitCode = exitCodeOf(checks);
    });
  return addExamples(
    addTargetOptions(command),
    ['hangar doctor', 'AWS_REGION=eu-central-1 hangar doctor --account 123456789012'],
    '0 nothing is missing, 3 a tool or credentials, 4 Temporal or a worker',
  );
}

function exitCodeOf(checks: readonly DoctorCheck[]): number {
  const failed = checks.filter((check) => check.result === 'failed').map((check) => check.name);
  if (failed.length === 0) return exitCodes.ok;
  return failed.every((name) => name === 'temporal' || name === 'worker') ? exitCodes.temporal : exitCodes.precondition;
}
