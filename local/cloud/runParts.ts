import { join } from 'node:path';
import { startGateway } from '../gateway/startGateway.js';
import { startMoto } from '../moto/startMoto.js';
import { packageRoot } from '../packageRoot.js';
import type { Supervisor } from '../processes/Supervisor.js';
import { installTools } from '../tools/installTools.js';
import type { ToolName } from '../tools/Tool.js';
import { toolProgressPrinter } from '../tools/toolProgressPrinter.js';
import type { CloudPart, LocalCloud, PartStatus } from './LocalCloud.js';
import { startTemporal } from './startTemporal.js';
import { writeTerraformConfig } from './writeTerraformConfig.js';

const toolsOf: Record<CloudPart, readonly ToolName[]> = {
  temporal: ['temporal'],
  aws: ['moto', 'terraform', 'terraform-provider-aws'],
  kubernetes: ['control-plane', 'kwok', 'helm', 'kubectl'],
};

/**
 * Sets the tools up and starts the parts, independent ones at the same time.
 * @throws HGR-803, HGR-804
 */
export async function runParts(
  supervisor: Supervisor,
  has: readonly CloudPart[],
  say: (line: string) => void,
): Promise<Omit<LocalCloud, 'dir'>> {
  const print = toolProgressPrinter({ write: (line: string) => say(line.trimEnd()) });
  const tools = await installTools(
    has.flatMap((part) => toolsOf[part]),
    print,
  );
  const env: Record<string, string> = {};
  const parts: PartStatus[] = [];
  const stops: (() => Promise<void>)[] = [];

  const temporal = async () => {
    const started = await startTemporal(supervisor, tools.temporal);
    env.TEMPORAL_ADDRESS = started.address;
    parts.push(started.part);
  };
  const aws = async () => {
    const moto = await startMoto(supervisor, tools.moto);
    const gateway = await startGateway({
      motoEndpoint: moto.endpoint,
      ...(has.includes('kubernetes')
        ? { clusters: { supervisor, tools: { controlPlane: tools['control-plane'], kwok: tools.kwok } } }
        : {}),
    });
    stops.push(gateway.stop);
    Object.assign(env, {
      AWS_ENDPOINT_URL: gateway.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      HANGAR_TERRAFORM: tools.terraform,
      HANGAR_TERRAFORM_CONFIG: await writeTerraformConfig(supervisor.dir, tools['terraform-provider-aws']),
      HANGAR_HOME: join(supervisor.dir, 'worker'),
    });
    if (has.includes('kubernetes')) {
      env.HANGAR_HELM = tools.helm;
      env.HANGAR_CHART_MIRROR = join(packageRoot, 'local/charts');
    }
    parts.push(
      {
        name: 'moto',
        kind: 'stand-in',
        what: 'AWS emulator: keeps resources in memory, runs nothing',
        address: moto.endpoint,
        log: moto.program.log,
      },
      gateway.part,
    );
  };
  await allOrFirstError([...(has.includes('temporal') ? [temporal()] : []), ...(has.includes('aws') ? [aws()] : [])]);
  const stop = async () => {
    await Promise.all(stops.map((each) => each()));
  };
  return { env, parts, stop };
}

/** Waits for all of them even when one fails, so that nothing starts behind the back of the one who cleans up. */
async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
