import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import { type ChartValues, isMap } from '../mergeValues.js';

const repository = 'cr.flyte.org/flyteorg/flytecopilot-release';

/**
 * The image that Flyte itself adds to pods to move data: small, with a shell, and pulled by Flyte anyway, so the checks
 * need no registry that Flyte does not need. The file's own values win, as in a mirrored registry.
 */
export function copilotImage(spec: DeploymentSpec): string {
  const { values, distribution, version } = spec.flyte;
  if (distribution === 'core') {
    const own = at(values, 'configmap', 'copilot', 'plugins', 'k8s', 'co-pilot', 'image');
    return typeof own === 'string' ? own : `${repository}:v${version}`;
  }
  const own = at(values, 'configuration', 'co-pilot', 'image');
  const { repository: ownRepository, tag } = isMap(own) ? own : {};
  return `${ownRepository ?? repository}:${tag ?? `v${version}`}`;
}

function at(values: ChartValues, ...path: string[]): ChartValues[string] | undefined {
  return path.reduce<ChartValues[string] | undefined>((value, key) => (isMap(value) ? value[key] : undefined), values);
}
