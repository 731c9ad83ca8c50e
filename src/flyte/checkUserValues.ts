import { HangarError, type Problem } from '../errors/HangarError.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { nearestWord } from '../spec/nearestWord.js';
import { chartKeys } from './chartKeys.js';
import { flyteRelease } from './flyteRelease.js';
import { type ChartValues, isMap } from './mergeValues.js';

/**
 * Refuses values of the file that Flyte's charts would silently ignore (a top-level key they do not have) or fail on
 * in the middle of an install (something else where Hangar sets a map or a list). A chart of the user's own may have
 * keys of its own, so keys are checked only for Flyte's.
 * @throws HGR-404 with all of them
 */
export function checkUserValues(spec: DeploymentSpec, built: ChartValues): void {
  const { chart } = flyteRelease(spec.flyte.distribution);
  const problems = [
    ...(spec.flyte.chart === undefined ? unknownKeys(spec.flyte.values, chartKeys[chart]) : []),
    ...wrongShapes(spec.flyte.values, built, ['flyte', 'values']),
  ];
  if (problems.length === 0) return;
  throw new HangarError('HGR-404', `flyte.values does not fit the chart ${chart}`, {
    resource: 'flyte.values',
    next: `Correct the values; the chart's own are in https://github.com/flyteorg/flyte/blob/v${spec.flyte.version}/charts/${chart}/values.yaml`,
    problems,
  });
}

function unknownKeys(values: ChartValues, known: readonly string[]): Problem[] {
  return Object.keys(values)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      message: `the chart has no value ${key}`,
      path: `flyte.values.${key}`,
      suggestion: nearestWord(key, known),
    }));
}

function wrongShapes(values: ChartValues, built: ChartValues, path: readonly string[]): Problem[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const ours = Object.hasOwn(built, key) ? built[key] : undefined;
    // Null takes a default away, as in Helm.
    if (ours === undefined || ours === null || value === null) return [];
    const here = [...path, key];
    if (shape(ours) !== shape(value)) {
      return [{ message: `must be a ${shape(ours)}, not a ${shape(value)}`, path: here.join('.') }];
    }
    return isMap(ours) && isMap(value) ? wrongShapes(value, ours, here) : [];
  });
}

function shape(value: ChartValues[string]): 'map' | 'list' | 'single value' {
  if (Array.isArray(value)) return 'list';
  return isMap(value) ? 'map' : 'single value';
}
