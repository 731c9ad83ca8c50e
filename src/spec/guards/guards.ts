import { accountFormat } from './accountFormat.js';
import { existingParts } from './existingParts.js';
import { flyteChart } from './flyteChart.js';
import { flyteDistribution } from './flyteDistribution.js';
import { flyteVersion } from './flyteVersion.js';
import type { Guard } from './Guard.js';
import { lifetimeOrder } from './lifetimeOrder.js';
import { logRetention } from './logRetention.js';
import { networkRange } from './networkRange.js';
import { nodePools } from './nodePools.js';
import { plausibleRegion } from './plausibleRegion.js';
import { projectNamespaces } from './projectNamespaces.js';
import { publicAccess } from './publicAccess.js';
import { publicDomain } from './publicDomain.js';
import { reservedTags } from './reservedTags.js';
import { resourceFormats } from './resourceFormats.js';
import { supportedCloud } from './supportedCloud.js';

/** All that is checked beyond the schema, one concern each. */
export const guards: readonly Guard[] = [
  supportedCloud,
  accountFormat,
  plausibleRegion,
  publicDomain,
  flyteVersion,
  flyteDistribution,
  flyteChart,
  projectNamespaces,
  networkRange,
  publicAccess,
  existingParts,
  resourceFormats,
  nodePools,
  logRetention,
  lifetimeOrder,
  reservedTags,
];
