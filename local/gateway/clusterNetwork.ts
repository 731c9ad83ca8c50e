import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { localCredentials } from './EmulatedIdentities.js';

/** The network side of a cluster that EKS adds by itself and the emulator does not. */
export interface ClusterNetwork {
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
  /** Deletes the security group, as EKS does with the cluster. */
  remove(): Promise<void>;
}

/**
 * Makes a cluster's security group in the network of its subnets, named and tagged as EKS does.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export async function clusterNetwork(
  awsEndpoint: string,
  region: string,
  clusterName: string,
  subnetIds: readonly string[],
): Promise<ClusterNetwork> {
  const ec2 = new EC2Client({ region, endpoint: awsEndpoint, credentials: localCredentials });
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnetIds] }));
  const vpcId = Subnets[0]?.VpcId;
  if (!vpcId) throw new Error(`the subnets of ${clusterName} are in no network`);
  const name = `eks-cluster-sg-${clusterName}`;
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: name,
      Description: 'EKS created security group applied to ENI that is attached to EKS Control Plane master nodes',
      VpcId: vpcId,
      TagSpecifications: [
        {
          ResourceType: 'security-group',
          Tags: [
            { Key: 'Name', Value: name },
            { Key: `kubernetes.io/cluster/${clusterName}`, Value: 'owned' },
            { Key: 'aws:eks:cluster-name', Value: clusterName },
          ],
        },
      ],
    }),
  );
  return {
    vpcId,
    clusterSecurityGroupId: GroupId!,
    async remove() {
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
      ec2.destroy();
    },
  };
}
