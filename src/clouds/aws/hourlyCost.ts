import type { StepName } from '../../graph/StepName.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import { databaseSize } from './databaseSize.js';
import { hourlyPrices, hoursInMonth, instancePrice, monthlyPrices, priceSource } from './listPrices.js';
import { nodePools } from './nodePools.js';
import { awsSizes } from './sizes.js';

/** A part of the bill: its price, and the types that the table does not know. */
interface Estimate {
  readonly price: number;
  readonly unknown: readonly string[];
}

const known = (price: number): Estimate => ({ price, unknown: [] });

/**
 * List price of the deployment at rest, in US dollars an hour, by step: node pools at their fewest nodes, a serverless
 * database at its least capacity, no traffic, no data. Parts brought by `existing:` cost nothing more.
 */
export function hourlyCost(spec: DeploymentSpec): {
  total: number;
  byStep: Partial<Record<StepName, number>>;
  source: string;
} {
  const estimates: Partial<Record<StepName, Estimate>> = {
    ...(spec.network.existing ? {} : { egress: known(egress(spec)) }),
    ...(spec.cluster.existing ? {} : { cluster: known(hourlyPrices.eksCluster + monthlyPrices.kmsKey / hoursInMonth) }),
    nodes: nodes(spec),
    database: database(spec),
    ...(spec.bucket.existing ? {} : { bucket: known(monthlyPrices.kmsKey / hoursInMonth) }),
    ...(spec.domain && !spec.dns.existing ? { dns: known(monthlyPrices.hostedZone / hoursInMonth) } : {}),
    ...(spec.domain ? { flyte: known(hourlyPrices.applicationLoadBalancer) } : {}),
  };
  const entries = Object.entries(estimates) as [StepName, Estimate][];
  const unknown = [...new Set(entries.flatMap(([, estimate]) => estimate.unknown))];
  return {
    total: round(entries.reduce((sum, [, { price }]) => sum + price, 0)),
    byStep: Object.fromEntries(entries.map(([step, { price }]) => [step, round(price)])),
    source: unknown.length > 0 ? `${priceSource}; not in it and left out: ${unknown.join(', ')}` : priceSource,
  };
}

function egress({ network, size }: DeploymentSpec): number {
  const gateways = (network.nat ?? awsSizes[size].nat) === 'zone' ? 3 : 1;
  return gateways * (hourlyPrices.natGateway + hourlyPrices.publicAddress);
}

function nodes(spec: DeploymentSpec): Estimate {
  const pools = nodePools(spec).filter((pool) => pool.min > 0);
  return {
    price: pools.reduce((sum, { instanceTypes, min, diskGb }) => {
      const disk = (diskGb * monthlyPrices.gp3Gib) / hoursInMonth;
      return sum + min * ((instancePrice(instanceTypes[0]!) ?? 0) + disk);
    }, 0),
    unknown: pools.map((pool) => pool.instanceTypes[0]!).filter((type) => instancePrice(type) === undefined),
  };
}

function database(spec: DeploymentSpec): Estimate {
  const { class: instanceClass, instances, capacity } = databaseSize(spec);
  const price =
    instanceClass === 'db.serverless' ? capacity.min * hourlyPrices.auroraCapacityUnit : instancePrice(instanceClass);
  const secret = monthlyPrices.secret / hoursInMonth;
  return {
    price: instances * (price ?? 0) + secret,
    unknown: price === undefined ? [instanceClass] : [],
  };
}

/** To a hundredth of a cent. */
const round = (dollars: number) => Math.round(dollars * 10_000) / 10_000;
