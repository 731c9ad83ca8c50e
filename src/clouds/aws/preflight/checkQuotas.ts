import { DescribeAddressesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { callAws } from '../callAws.js';
import { deploymentTag } from '../hangarTags.js';
import { awsSizes } from '../sizes.js';

/** One quota that a new network needs room in. @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
interface Quota {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  readonly used: number;
  /** How much more the deployment takes, less what it already has. */
  readonly needed: number;
}

/**
 * The account has room for the network that is to be made: one VPC, and an address for each NAT. The account's own quotas
 * decide; where Service Quotas does not tell them nothing is refused, since most accounts have more than the defaults.
 */
export async function checkQuotas(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  if (spec.network.existing) return [];
  const ec2 = clients(EC2Client, spec.region);
  const [{ Vpcs = [] }, { Addresses = [] }] = await Promise.all([
    callAws('ec2:DescribeVpcs', () => ec2.send(new DescribeVpcsCommand({}))),
    callAws('ec2:DescribeAddresses', () => ec2.send(new DescribeAddressesCommand({}))),
  ]);
  const ours = (items: { Tags?: { Key?: string; Value?: string }[] }[]) =>
    items.filter(({ Tags }) => Tags?.some(({ Key, Value }) => Key === deploymentTag && Value === spec.name)).length;
  const quotas: Quota[] = [
    { what: 'VPCs', service: 'vpc', code: 'L-F678F1CE', used: Vpcs.length, needed: 1 - ours(Vpcs) },
    {
      what: 'Elastic IP addresses',
      service: 'ec2',
      code: 'L-0263D0A3',
      used: Addresses.length,
      needed: natCount(spec) - ours(Addresses),
    },
  ];
  const limits = await Promise.all(quotas.map((quota) => limitOf(clients, spec.region, quota)));
  return quotas.flatMap((quota, index) => {
    const limit = limits[index];
    if (limit === undefined || quota.used + quota.needed <= limit || quota.needed <= 0) return [];
    return [
      new HangarError(
        'HGR-208',
        `${quota.used} of ${limit} ${quota.what} in ${spec.region} are in use and ${quota.needed} more are needed`,
        {
          resource: `${quota.service}/${quota.code}`,
          next: `Ask for more in the Service Quotas console (${quota.service}, ${quota.code}), or remove what is not needed.`,
        },
      ),
    ];
  });
}

async function limitOf(clients: AwsClients, region: string, quota: Quota): Promise<number | undefined> {
  try {
    const answer = await clients(ServiceQuotasClient, region).send(
      new GetServiceQuotaCommand({ ServiceCode: quota.service, QuotaCode: quota.code }),
    );
    return answer.Quota?.Value;
  } catch {
    return undefined;
  }
}

/** One NAT, or one in each of the three zones that a network has. */
function natCount(spec: DeploymentSpec): number {
  return (spec.network.nat ?? awsSizes[spec.size].nat) === 'zone' ? 3 : 1;
}
