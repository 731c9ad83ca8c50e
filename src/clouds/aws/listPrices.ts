/** Hours in a month, as AWS counts them. */
export const hoursInMonth = 730;

/** Where the prices are from and when they were looked up; on-demand, us-east-1, Linux, without tax. */
export const priceSource =
  'AWS list prices for us-east-1 (https://aws.amazon.com/pricing/), as of mid-2025, from a table kept by hand';

/** US dollars an hour. */
export const hourlyPrices = {
  /** Control plane in standard support: https://aws.amazon.com/eks/pricing/ */
  eksCluster: 0.1,
  /** Without the data it processes: https://aws.amazon.com/vpc/pricing/ */
  natGateway: 0.045,
  publicAddress: 0.005,
  /** Without load units: https://aws.amazon.com/elasticloadbalancing/pricing/ */
  applicationLoadBalancer: 0.0225,
  /** One Aurora capacity unit, standard storage: https://aws.amazon.com/rds/aurora/pricing/ */
  auroraCapacityUnit: 0.12,
} as const;

/** US dollars a month. */
export const monthlyPrices = {
  /** https://aws.amazon.com/kms/pricing/ */
  kmsKey: 1,
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secret: 0.4,
  /** https://aws.amazon.com/route53/pricing/ */
  hostedZone: 0.5,
  /** A GiB of gp3: https://aws.amazon.com/ebs/pricing/ */
  gp3Gib: 0.08,
} as const;

/**
 * US dollars an hour of a family's `large`; the other sizes of these families are priced in proportion.
 * https://aws.amazon.com/ec2/pricing/on-demand/ and, with `db.`, https://aws.amazon.com/rds/aurora/pricing/ (standard storage).
 */
const largePrices: Record<string, number> = {
  m5: 0.096,
  m5a: 0.086,
  m6a: 0.0864,
  m6i: 0.096,
  m6g: 0.077,
  m7a: 0.11592,
  m7i: 0.1008,
  m7g: 0.0816,
  c5: 0.085,
  c6i: 0.085,
  c6a: 0.0765,
  c6g: 0.068,
  c7i: 0.08925,
  c7g: 0.0725,
  r5: 0.126,
  r6i: 0.126,
  r6g: 0.1008,
  r7i: 0.1323,
  r7g: 0.1071,
  t3: 0.0832,
  'db.r5': 0.29,
  'db.r6g': 0.26,
  'db.r6i': 0.29,
  'db.r7g': 0.276,
};

/** US dollars an hour of types whose sizes are not in proportion: those with GPUs. */
const exactPrices: Record<string, number> = {
  'g4dn.xlarge': 0.526,
  'g4dn.2xlarge': 0.752,
  'g4dn.12xlarge': 3.912,
  'g5.xlarge': 1.006,
  'g5.2xlarge': 1.212,
  'g5.4xlarge': 1.624,
  'g5.8xlarge': 2.448,
  'g5.12xlarge': 5.672,
  'g5.24xlarge': 8.144,
  'g5.48xlarge': 16.288,
  'g6.xlarge': 0.8048,
  'g6.2xlarge': 0.9776,
  'g6.12xlarge': 4.6016,
  'g6.48xlarge': 13.3504,
};

/** List price of an EC2 instance type or an Aurora instance class, in US dollars an hour; undefined when not in the table. */
export function instancePrice(type: string): number | undefined {
  if (Object.hasOwn(exactPrices, type)) return exactPrices[type];
  const [, family, size, times] = /^(.+)\.(large|(\d*)xlarge)$/.exec(type) ?? [];
  if (family === undefined || !Object.hasOwn(largePrices, family)) return undefined;
  return largePrices[family]! * (size === 'large' ? 1 : 2 * Number(times || 1));
}
