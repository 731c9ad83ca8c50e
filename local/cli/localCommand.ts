import { Command } from 'commander';
import { addExamples, jsonOption } from '../../src/cli/options.js';
import { localCloudStatus, runningLocalCloud } from '../cloud/localCloudStatus.js';
import { startLocalCloud } from '../cloud/startLocalCloud.js';
import { stopLocalCloud } from '../cloud/stopLocalCloud.js';
import { printParts } from './printParts.js';

interface LocalFlags {
  readonly dir: string;
  readonly json?: boolean;
}

const out = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const hint = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const outJson = (value: unknown): void => out(JSON.stringify(value, null, 2));

/** `hangar local`: a cloud on this machine, to try Hangar without an account. */
export function localCommand(): Command {
  return new Command('local')
    .summary('a cloud on this machine, to try Hangar without an account')
    .description(
      'Starts and stops a local cloud: a Temporal dev server, an AWS emulator, and for each EKS cluster a real ' +
        'Kubernetes control plane. Its folder holds all its files; with --dir several run side by side.',
    )
    .addCommand(upCommand())
    .addCommand(downCommand())
    .addCommand(statusCommand())
    .addCommand(envCommand());
}

function upCommand(): Command {
  const command = withFlags(new Command('up'), 'start it, or find it running')
    .description('Sets up its tools, starts it, and leaves it running. Tells what runs where, and what is real.')
    .action(async ({ dir, json }: LocalFlags) => {
      const cloud = await startLocalCloud({ dir, onProgress: hint });
      if (json) return outJson({ dir: cloud.dir, env: cloud.env, parts: cloud.parts });
      printParts(cloud.parts, out);
      out(`\nTo use it from this shell:  eval "$(hangar local env${dirFlag(dir)})"`);
      out(`To end it:                  hangar local down${dirFlag(dir)}`);
    });
  return addExamples(
    command,
    ['hangar local up', 'hangar local up --dir /tmp/other'],
    '0 runs, 3 a tool cannot be had or a part does not start',
  );
}

function downCommand(): Command {
  const command = withFlags(new Command('down'), 'end it and remove its data')
    .description('Ends all its programs, also after a crash, and removes its data. Its logs stay in its folder.')
    .action(async ({ dir, json }: LocalFlags) => {
      const before = localCloudStatus(dir);
      await stopLocalCloud(before.dir);
      if (json) return outJson({ dir: before.dir, was: before.state, state: localCloudStatus(dir).state });
      out(
        before.state === 'stopped'
          ? `No local cloud ran in ${before.dir}.`
          : `The local cloud in ${before.dir} has ended.`,
      );
    });
  return addExamples(command, ['hangar local down'], '0 nothing of it runs');
}

function statusCommand(): Command {
  const command = withFlags(new Command('status'), 'tell whether it runs, and what of it')
    .description('Tells whether it runs, what runs where, and each of its programs.')
    .action(({ dir, json }: LocalFlags) => {
      const status = localCloudStatus(dir);
      if (json) return outJson(status);
      out(`${status.state}  ${status.dir}\n`);
      if (status.parts.length > 0) printParts(status.parts, out);
      for (const { name, pid, running, log } of status.programs) {
        out(`${running ? 'running' : 'ended  '}  ${String(pid).padStart(7)}  ${name.padEnd(32)}  ${log}`);
      }
    });
  return addExamples(command, ['hangar local status --json'], '0 told, whatever the state');
}

function envCommand(): Command {
  const command = withFlags(new Command('env'), 'print the settings that point Hangar at it')
    .description('Prints `export` lines for a shell: the settings a person would make to use it.')
    .action(({ dir, json }: LocalFlags) => {
      const { env } = runningLocalCloud(dir);
      if (json) return outJson(env);
      for (const [name, value] of Object.entries(env)) out(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
    });
  return addExamples(command, ['eval "$(hangar local env)"'], '0 printed, 3 it does not run');
}

const defaultDir = '.hangar/local';

function withFlags(command: Command, summary: string): Command {
  return command.summary(summary).option('--dir <dir>', 'its folder', defaultDir).addOption(jsonOption());
}

function dirFlag(dir: string): string {
  return dir === defaultDir ? '' : ` --dir ${dir}`;
}
