import path from 'node:path';
import { parseArgs } from 'node:util';
import { renderError } from '../../src/cli/render/renderError.js';
import { makeStyle } from '../../src/cli/render/Style.js';
import { exitCodes } from '../../src/errors/errorCodes.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { printParts } from '../cli/printParts.js';
import { type LocalCloud, startLocalCloud } from '../cloud/startLocalCloud.js';
import { listCloudResources } from '../gateway/listCloudResources.js';
import { packageRoot } from '../packageRoot.js';
import { DemoClock } from './DemoClock.js';
import { printResources } from './printResources.js';
import { runHangar } from './runHangar.js';
import { type DemoWorker, startDemoWorker } from './startDemoWorker.js';

const help = `npm run demo -- [--file FILE] [--keep] [--dir DIR]

Creates, smoke-tests and destroys a Flyte deployment on a local cloud, then proves that nothing is left.
  --file FILE   the deployment file (default: examples/aws.yaml)
  --keep        leave the deployment, the worker and the local cloud running
  --dir DIR     the local cloud's folder (default: .hangar/demo)
Exit codes are those of the hangar command that failed; see docs/exit-codes.md. 6: something was left.`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const heading = (text: string) => say(`\n── ${text} ${'─'.repeat(Math.max(0, 100 - text.length))}`);

/** `npm run demo`: the product's own commands against the local cloud, as a person would type them. */
async function demo(args: readonly string[]): Promise<number> {
  const values = parseFlags(args);
  if (values.help) {
    say(help);
    return 0;
  }
  const clock = new DemoClock();
  heading('The local cloud');
  const cloud = await clock.time('local cloud up', () =>
    startLocalCloud({ dir: path.resolve(values.dir), onProgress: say, tied: !values.keep }),
  );
  let worker: DemoWorker | undefined;
  let kept = false;
  const interrupt = async (): Promise<void> => {
    say('\nStopped: ending the worker and the local cloud, and with it all that was made.');
    worker?.kill();
    await cloud.stop();
    process.exit(exitCodes.detached);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    printParts(cloud.parts, say);
    worker = await clock.time('worker up', () => startDemoWorker(cloud));
    const code = await tour(cloud, worker, clock, values.file, values.keep);
    kept = values.keep && code === 0;
    if (kept) {
      worker.letGo();
      sayHowToGoOn(cloud, worker);
    } else {
      heading('Wall time');
      say(clock.table());
      say(`${'worker, peak memory'.padEnd(24)}${String(worker.peakMemoryMb()).padStart(8)} MB`);
    }
    return code;
  } finally {
    if (!kept) {
      await worker?.stop();
      await cloud.stop();
    }
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        file: { type: 'string', default: path.join(packageRoot, 'examples/aws.yaml') },
        keep: { type: 'boolean', default: false },
        dir: { type: 'string', default: path.join(packageRoot, '.hangar/demo') },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new HangarError('HGR-106', (error as Error).message, { next: 'See `npm run demo -- --help`.' });
  }
}

/** From an empty cloud to a working deployment and back. */
async function tour(cloud: LocalCloud, worker: DemoWorker, clock: DemoClock, file: string, keep: boolean) {
  const hangar = (...command: string[]) => runHangar(cloud.env, command, say);
  const endpoint = cloud.env.AWS_ENDPOINT_URL!;
  heading('What the emulated AWS account holds before');
  const before = await listCloudResources(endpoint);
  printResources(before, say);

  heading('Create');
  const created = await clock.time('create and smoke test', () => hangar('create', file));
  worker.sampleMemory();
  if (created.code !== 0) return created.code;
  const name = created.name;
  heading('What it made');
  printResources(await listCloudResources(endpoint), say);
  const outputs = await hangar('outputs', name);
  if (outputs.code !== 0 || keep) return outputs.code;

  heading('Destroy');
  const destroyed = await clock.time('destroy', () => hangar('destroy', name, '--yes'));
  worker.sampleMemory();
  if (destroyed.code !== 0) return destroyed.code;
  say('\nThe state bucket outlives deployments on purpose; nothing is in it any more, so it can go as well:');
  const unbootstrapped = await hangar('bootstrap', '--delete', file);
  if (unbootstrapped.code !== 0) return unbootstrapped.code;

  heading('What the emulated AWS account holds after');
  const after = await listCloudResources(endpoint);
  printResources(after, say);
  const known = new Set(before.map((resource) => `${resource.type} ${resource.id}`));
  const left = after.filter((resource) => !known.has(`${resource.type} ${resource.id}`));
  say(left.length === 0 ? 'Nothing is left: 0 resources more than before.' : `LEFT BEHIND: ${left.length} resources.`);
  return left.length === 0 ? exitCodes.ok : exitCodes.failedLeftovers;
}

function sayHowToGoOn(cloud: LocalCloud, worker: DemoWorker): void {
  heading('Kept');
  say(`The deployment, the local cloud and a worker (pid ${worker.pid}) go on running. To use them from another shell:

  eval "$(node bin/hangar.mjs local env --dir ${cloud.dir})"
  node bin/hangar.mjs list
  kill ${worker.pid}; node bin/hangar.mjs local down --dir ${cloud.dir}      # ends all of it`);
}

try {
  process.exitCode = await demo(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof HangarError)) throw error;
  for (const line of renderError(error.toJSON(), makeStyle(false))) say(line);
  process.exitCode = error.exitCode;
}
