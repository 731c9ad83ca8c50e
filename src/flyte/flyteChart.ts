import { type ChartSource, chartSource } from '../helm/chartSource.js';
import type { Settings } from '../settings/Settings.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { flyteRelease } from './flyteRelease.js';

/** Flyte's own chart repository: https://github.com/flyteorg/flyte/tree/gh-pages. */
const flyteRepository = 'https://helm.flyte.org';

/**
 * Where the deployment's chart comes from: the file's `flyte.chart`, the mirror (HANGAR_CHART_MIRROR), or Flyte's own
 * repository. Each release of Flyte publishes its charts under the same version, with a `v`.
 * @throws HGR-403 where a folder holds no such chart
 */
export function flyteChart(spec: DeploymentSpec, { chartMirror }: Pick<Settings, 'chartMirror'>): ChartSource {
  return chartSource({
    chart: flyteRelease(spec.flyte.distribution).chart,
    address: spec.flyte.chart ?? flyteRepository,
    version: `v${spec.flyte.version}`,
    mirror: chartMirror,
  });
}
