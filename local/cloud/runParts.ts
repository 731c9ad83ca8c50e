import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import type { Supervisor } from '../processes/Supervisor.js';
import { installTools } from '../tools/installTools.js';
import type { ToolName } from '../tools/Tool.js';
import { toolProgressPrinter } from '../tools/toolProgressPrinter.js';
import type { CloudPart, LocalCloud } from './LocalCloud.js';
import { startAws } from './startAws.js';
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
  const print = toolProgressPrinter({ write: (line) => say(line.trimEnd()) });
  const tools = await installTools(
    has.flatMap((part) => toolsOf[part]),
    print,
  );
  const clusterTools = has.includes('kubernetes')
    ? { controlPlane: tools['control-plane'], kwok: tools.kwok }
    : undefined;
  const [temporal, aws] = await all(
    has.includes('temporal') ? startTemporal(supervisor, tools.temporal) : undefined,
    has.includes('aws') ? startAws(supervisor, tools.moto, clusterTools) : undefined,
  );
  return {
    env: {
      ...temporal?.env,
      ...aws?.env,
      ...(aws ? await terraformSettings(supervisor.dir, tools) : {}),
      ...(clusterTools ? { HANGAR_HELM: tools.helm, HANGAR_CHART_MIRROR: join(packageRoot, 'local/charts') } : {}),
      HANGAR_HOME: join(supervisor.dir, 'worker'),
    },
    parts: [...(temporal ? [temporal.part] : []), ...(aws?.parts ?? [])],
    stop: async () => aws?.stop(),
  };
}

async function terraformSettings(dir: string, tools: Record<'terraform' | 'terraform-provider-aws', string>) {
  return {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    HANGAR_TERRAFORM: tools.terraform,
    HANGAR_TERRAFORM_CONFIG: await writeTerraformConfig(dir, tools['terraform-provider-aws']),
  };
}

/** Waits for both even when one fails, so that nothing starts behind the back of the one who cleans up. */
async function all<A, B>(first: Promise<A> | undefined, second: Promise<B> | undefined): Promise<[A?, B?]> {
  const results = await Promise.allSettled([first, second]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return results.map((result) => (result as { value: unknown }).value) as [A?, B?];
}
