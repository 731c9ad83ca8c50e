import type { Guard, SpecProblem } from './Guard.js';

const instanceType = { pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, form: 'an EC2 instance type such as m7i.large' };
const databaseClass = {
  pattern: /^db\.[a-z0-9-]+(\.[a-z0-9-]+)?$/,
  form: 'an RDS instance class such as db.r7g.large',
};
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = { pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, form: 'the name of a bucket, without s3://' };
const networkId = { pattern: /^vpc-[0-9a-f]{8,17}$/, form: 'the id of a VPC such as vpc-0a1b2c3d4e5f60718' };
const subnetId = { pattern: /^subnet-[0-9a-f]{8,17}$/, form: 'the id of a subnet such as subnet-0a1b2c3d4e5f60718' };

/** Names and ids of AWS resources are written as AWS writes them. */
export const resourceFormats: Guard = ({ cloud, cluster, database, bucket, network }) => {
  if (cloud !== 'aws') return [];
  const problems: SpecProblem[] = [];
  const check = (path: string, value: string | undefined, { pattern, form }: { pattern: RegExp; form: string }) => {
    if (value !== undefined && !pattern.test(value))
      problems.push({ path, message: `must be ${form}, not "${value}"` });
  };
  cluster.nodePools?.forEach((pool, at) => {
    pool.instanceTypes.forEach((type, index) => {
      check(`cluster.nodePools.${at}.instanceTypes.${index}`, type, instanceType);
    });
  });
  check('database.class', database.class, databaseClass);
  check('bucket.existing.name', bucket.existing?.name, bucketName);
  check('network.existing.id', network.existing?.id, networkId);
  for (const key of ['publicSubnets', 'privateSubnets', 'databaseSubnets'] as const) {
    network.existing?.[key].forEach((id, index) => {
      check(`network.existing.${key}.${index}`, id, subnetId);
    });
  }
  return problems;
};
