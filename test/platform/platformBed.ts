import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { type LoadBalancerStandIn, startLoadBalancer } from '../../local/load-balancer/startLoadBalancer.js';
import { packageRoot } from '../../local/packageRoot.js';
import { platformCharts } from '../../src/clouds/aws/platformCharts.js';
import type { Cloud } from '../../src/clouds/Cloud.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import type { Settings } from '../../src/settings/Settings.js';
import { flyteOutputs, flyteSpec } from '../flyte/flyteFixture.js';
import { startTestCluster, type TestCluster } from '../kubernetes/testCluster.js';
import { startTestMoto, type TestMoto } from '../support/localCloud.js';

/** A cluster, an AWS emulator with network and roles, and the load-balancer stand-in between them. */
export interface PlatformBed {
  readonly cluster: TestCluster;
  readonly moto: TestMoto;
  readonly standIn: LoadBalancerStandIn;
  /** What the load-balancer stand-in said. */
  readonly said: readonly string[];
  /** Folder in which load balancers are published. */
  readonly registry: string;
  readonly settings: Settings;
  readonly request: StepRequest;
  /** The part of the cloud that the platform needs, with the cluster behind it. */
  readonly cloud: Partial<Cloud>;
  /** Load balancers of the emulator with their tags, and the names of its target groups. */
  balancers(): Promise<{ name: string; hostname: string; scheme: string; tags: Record<string, string> }[]>;
  targetGroups(): Promise<string[]>;
  stop(): Promise<void>;
}

const region = 'us-east-1';
const clusterName = 'research';

export async function startPlatformBed(): Promise<PlatformBed> {
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const folder = await mkdtemp(path.join(tmpdir(), 'hangar-test-platform-'));
  const registry = path.join(folder, 'registry');
  const [cluster, moto, backend] = await Promise.all([startTestCluster(), startTestMoto(), startBackend()]);
  const options = { endpoint: moto.endpoint, region };
  const elb = new ElasticLoadBalancingV2Client(options);
  const vpc = await makeNetwork(new EC2Client(options));
  const role = (name: string) => makeRole(new IAMClient(options), name);
  const said: string[] = [];
  const standIn = await startLoadBalancer({
    kubeconfig: cluster.kubeconfig,
    awsEndpoint: moto.endpoint,
    clusterName,
    target: { host: '127.0.0.1', port: (backend.address() as AddressInfo).port },
    registry,
    log: (line) => said.push(line),
  });
  const identities = {
    ...flyteOutputs.iam!.identities,
    'load-balancer-controller': await role('load-balancer-controller'),
    'cluster-autoscaler': await role('cluster-autoscaler'),
  };
  const request: StepRequest = {
    spec: flyteSpec({ tags: { team: 'data' } }),
    step: 'platform',
    outputs: {
      ...flyteOutputs,
      network: { network_id: vpc } as NonNullable<StepRequest['outputs']['network']>,
      iam: { ...flyteOutputs.iam!, identities },
    },
  };
  return {
    cluster,
    moto,
    standIn,
    said,
    registry,
    settings: {
      helm: cluster.helm,
      home: path.join(folder, 'home'),
      chartMirror: path.join(packageRoot, 'local/charts'),
    } as Settings,
    request,
    cloud: { clusterAccess: async () => cluster.access, platformCharts },
    async balancers() {
      const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
      return Promise.all(
        LoadBalancers.map(async ({ LoadBalancerArn = '', LoadBalancerName = '', DNSName = '', Scheme = '' }) => {
          const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }));
          const tags = (TagDescriptions?.[0]?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
          return { name: LoadBalancerName, hostname: DNSName, scheme: Scheme, tags: Object.fromEntries(tags) };
        }),
      );
    },
    async targetGroups() {
      const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
      return TargetGroups.map(({ TargetGroupName = '' }) => TargetGroupName);
    },
    async stop() {
      await standIn.stop();
      backend.close();
      await Promise.all([cluster.stop(), moto.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stands behind every service; answers with the path and how the request came. */
async function startBackend(): Promise<Server> {
  const server = createServer((request, response) =>
    response.end(`${request.url} by ${request.headers['x-forwarded-proto']}`),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A network whose subnets carry the marks that terraform gives them. */
async function makeNetwork(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const marks = ['kubernetes.io/role/elb', 'kubernetes.io/role/internal-elb'];
  const zones = [`${region}a`, `${region}b`];
  for (const [row, mark] of marks.entries())
    for (const [column, AvailabilityZone] of zones.entries())
      await ec2.send(
        new CreateSubnetCommand({
          VpcId: Vpc?.VpcId,
          CidrBlock: `10.0.${row * 2 + column}.0/24`,
          AvailabilityZone,
          TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: mark, Value: '1' }] }],
        }),
      );
  return Vpc?.VpcId ?? '';
}

async function makeRole(iam: IAMClient, RoleName: string): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  return Role?.Arn ?? '';
}
