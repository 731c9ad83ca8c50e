import { chartValuesBinary } from './chartValuesBinary.js';
import { chartValuesCore } from './chartValuesCore.js';
import { checkUserValues } from './checkUserValues.js';
import type { FlyteValuesInput } from './flyteValuesInput.js';
import { type ChartValues, mergeValues } from './mergeValues.js';

/**
 * The values of a deployment's Flyte chart: built for its distribution, then the file's `flyte.values` over them.
 * @throws HGR-404 with every value of the file that cannot be right
 */
export function chartValues(input: FlyteValuesInput): ChartValues {
  const built = input.spec.flyte.distribution === 'core' ? chartValuesCore(input) : chartValuesBinary(input);
  checkUserValues(input.spec, built);
  return mergeValues(built, input.spec.flyte.values);
}
