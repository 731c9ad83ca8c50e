import type { DeploymentTarget } from '../client/DeploymentTarget.js';
import type { HangarClient } from '../client/HangarClient.js';
import { HangarError } from '../errors/HangarError.js';
import type { Cli } from './Cli.js';
import { renderOutputs } from './render/renderOutputs.js';

/** Prints how to use a deployment that was just made; where this machine may not read its manifest, says how to see it. */
export async function printOutputs(cli: Cli, client: HangarClient, key: DeploymentTarget): Promise<void> {
  const { deploymentOutputs } = await import('../client/deploymentOutputs.js');
  try {
    cli.print(['', ...renderOutputs(await deploymentOutputs(client, key))]);
  } catch (error) {
    if (!(error instanceof HangarError)) throw error;
    cli.hint(`How to reach it: hangar outputs ${key.name} (${error.code} ${error.message})`);
  }
}
