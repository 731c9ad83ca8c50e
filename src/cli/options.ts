import { type Command, Option } from 'commander';
import { cloudNames } from '../spec/DeploymentSpec.js';

/** `--json`: one JSON document on standard output, notes and errors as JSON lines on standard error. */
export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document instead of text; errors as a JSON line on standard error');
}

/** Where to look for a deployment that Temporal knows nothing of. */
export interface TargetFlags {
  readonly cloud: (typeof cloudNames)[number];
  readonly account?: string;
  readonly region?: string;
}

/** `--cloud --account --region`: the state bucket to look into where Temporal knows nothing. */
export function addTargetOptions(command: Command): Command {
  return command
    .addOption(new Option('--cloud <cloud>', 'cloud to look into').choices(cloudNames).default('aws'))
    .option('--account <account>', "account to look into (default: the credentials' own)")
    .option('--region <region>', 'region to look into (default: AWS_REGION or AWS_DEFAULT_REGION)');
}

/** An example and the exit codes at the end of a command's help. */
export function addExamples(command: Command, examples: readonly string[], exitCodes: string): Command {
  const lines = examples.map((example) => `  $ ${example}`).join('\n');
  return command.addHelpText('after', `\nExample:\n${lines}\n\nExit codes: ${exitCodes}`);
}
