import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client, type Subnet } from '@aws-sdk/client-ec2';
import { HangarError } from '../../../errors/HangarError.js';
import type { DeploymentSpec } from '../../../spec/DeploymentSpec.js';
import type { AwsClients } from '../awsClients.js';
import { callAws } from '../callAws.js';

/** EKS puts interfaces into the cluster's subnets and wants six addresses free. @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const freeAddresses = 6;
const absent = [
  'InvalidVpcID.NotFound',
  'InvalidVpcId.NotFound',
  'InvalidVpcID.Malformed',
  'InvalidSubnetID.NotFound',
  'InvalidSubnetID.Malformed',
];

/** The network given by `network.existing`: it is there, and its subnets are in it, in two zones or more, with room. */
export async function checkNetwork(clients: AwsClients, spec: DeploymentSpec): Promise<HangarError[]> {
  const existing = spec.network.existing;
  if (!existing) return [];
  const ec2 = clients(EC2Client, spec.region);
  const vpcs = await callAws('ec2:DescribeVpcs', () => ec2.send(new DescribeVpcsCommand({ VpcIds: [existing.id] })), {
    absent,
  });
  if (!vpcs?.Vpcs?.length) {
    return [
      refusal(
        'network.existing.id',
        `the network ${existing.id} is not in ${spec.region}`,
        'Give the id of a VPC in this account and region.',
      ),
    ];
  }
  const groups = Object.entries({
    'network.existing.publicSubnets': existing.publicSubnets,
    'network.existing.privateSubnets': existing.privateSubnets,
    'network.existing.databaseSubnets': existing.databaseSubnets,
  });
  // By filter, since by id one that is missing hides all the others.
  const ids = [...new Set(groups.flatMap(([, group]) => group))];
  const { Subnets = [] } = await callAws('ec2:DescribeSubnets', () =>
    ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'subnet-id', Values: ids }] })),
  );
  const byId = new Map(Subnets.map((subnet) => [subnet.SubnetId!, subnet]));
  return groups.flatMap(([path, group]) => checkGroup(path, group, byId, existing.id));
}

function checkGroup(path: string, ids: readonly string[], byId: Map<string, Subnet>, network: string): HangarError[] {
  const problems: HangarError[] = [];
  const zones = new Set<string>();
  for (const id of ids) {
    const subnet = byId.get(id);
    if (!subnet) {
      problems.push(refusal(path, `the subnet ${id} is not there`, 'Give the id of a subnet of that network.'));
      continue;
    }
    if (subnet.VpcId !== network) {
      problems.push(
        refusal(path, `the subnet ${id} is in ${subnet.VpcId}, not in ${network}`, `Give a subnet of ${network}.`),
      );
    }
    if ((subnet.AvailableIpAddressCount ?? 0) < freeAddresses) {
      problems.push(
        refusal(
          path,
          `the subnet ${id} has ${subnet.AvailableIpAddressCount} addresses free, of ${freeAddresses} that are needed`,
          'Give a larger subnet.',
        ),
      );
    }
    if (subnet.AvailabilityZone) zones.add(subnet.AvailabilityZone);
  }
  if (problems.length === 0 && zones.size < 2) {
    problems.push(
      refusal(path, `the subnets ${ids.join(', ')} are all in ${[...zones][0]}`, 'Give subnets in two zones or more.'),
    );
  }
  return problems;
}

function refusal(resource: string, message: string, next: string): HangarError {
  return new HangarError('HGR-206', message, { resource, next });
}
