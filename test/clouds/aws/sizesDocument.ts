import { hourlyCost } from '../../../src/clouds/aws/hourlyCost.js';
import { hoursInMonth, priceSource } from '../../../src/clouds/aws/listPrices.js';
import { gpuTaint, poolLabel, spotTaint } from '../../../src/clouds/aws/nodePools.js';
import { awsSizes, type NodePool } from '../../../src/clouds/aws/sizes.js';
import { flyteSizes } from '../../../src/flyte/flyteSizes.js';
import type { Size } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { minimalSpec } from '../../spec/minimalSpec.js';

const sizes: Size[] = ['small', 'medium', 'large'];

/** docs/sizes.md, from the tables that the product uses. */
export function sizesDocument(): string {
  return `# Sizes

<!-- Generated from src/clouds/aws/sizes.ts and src/flyte/flyteSizes.ts: change them, then \`npx vitest run -u test/clouds/aws/sizes.test.ts\`. -->

\`size: small | medium | large\` in the deployment file sets what follows. \`network.nat\`, \`database.class\`,
\`database.instances\` and \`cluster.nodePools\` (which replaces all pools) overrule it; \`cluster.gpu: true\` adds the
GPU pool.

## On AWS

${table([
  ['', ...sizes],
  ['NAT gateways', ...sizes.map((size) => (awsSizes[size].nat === 'single' ? 'one' : 'one in each zone'))],
  ['Aurora PostgreSQL', ...sizes.map(database)],
  ...poolNames().map((name) => [`Pool \`${name}\``, ...sizes.map((size) => poolNamed(size, name))]),
  ['GPU pool (with `cluster.gpu`)', ...sizes.map((size) => pool(awsSizes[size].gpuPool))],
  ['At rest, US dollars an hour', ...sizes.map((size) => cost(size).toFixed(2))],
  ['At rest, US dollars a month', ...sizes.map((size) => String(Math.round(cost(size) * hoursInMonth)))],
])}

At rest: pools at their fewest nodes, a serverless database at its least capacity, no traffic, no stored data, no domain.
Prices: ${priceSource}. An estimate, not an offer: compare with AWS before you rely on it.

- \`system\` runs Flyte and the platform and is never empty. The other pools start empty; the cluster autoscaler adds nodes
  when tasks need them and takes them away again.
- Every node has the label \`${poolLabel}\` with its pool's name.
- Spot nodes have the label and the taint \`${spotTaint.key}=${spotTaint.value}\`: only what tolerates it, Flyte's
  \`interruptible\` tasks, runs there.
- GPU nodes have the taint \`${gpuTaint.key}\`, which pods that ask for a GPU tolerate by themselves on EKS.
- A pool names several instance types so that it can grow when one is sold out; the first is the preferred one.

## Flyte, on every cloud

${table([
  ['', ...sizes],
  ['Replicas of FlyteAdmin, DataCatalog, console', ...sizes.map((size) => String(flyteSizes[size].replicas))],
  ['Workflows evaluated at once (FlytePropeller)', ...sizes.map((size) => String(flyteSizes[size].propellerWorkers))],
  ['A task that asks for nothing gets', ...sizes.map((size) => resources(flyteSizes[size].taskDefaults))],
  ['The most a task may ask for', ...sizes.map(taskLimits)],
  ['Quota of a project in a domain', ...sizes.map((size) => resources(flyteSizes[size].projectQuota))],
])}
`;
}

function table([head, ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}

function poolNames(): string[] {
  return [...new Set(sizes.flatMap((size) => awsSizes[size].pools.map((each) => each.name)))];
}

function poolNamed(size: Size, name: string): string {
  const found = awsSizes[size].pools.find((each) => each.name === name);
  return found ? pool(found) : '–';
}

function pool({ instanceTypes, min, max, spot, diskGb }: NodePool): string {
  return `${min}–${max} × ${instanceTypes.join(' / ')}${spot ? ' spot' : ''}, ${diskGb} GiB disk`;
}

function database(size: Size): string {
  const { class: name, instances, capacity } = awsSizes[size].database;
  const what = name === 'db.serverless' ? `Serverless v2, ${capacity.min}–${capacity.max} ACU` : name;
  return `${instances} × ${what}`;
}

function cost(size: Size): number {
  return hourlyCost(parseSpec({ ...minimalSpec, size })).total;
}

function resources({ cpu, memory }: { cpu: string; memory: string }): string {
  return `${cpu} CPU, ${memory}`;
}

function taskLimits(size: Size): string {
  const { gpu, ...rest } = flyteSizes[size].taskLimits;
  return `${resources(rest)}, ${gpu} GPU`;
}
