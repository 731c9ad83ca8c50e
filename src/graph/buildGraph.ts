import type { DeploymentSpec } from '../spec/DeploymentSpec.js';
import { removeSteps } from './removeSteps.js';
import type { Step } from './Step.js';
import type { StepName } from './StepName.js';
import { lookupSeconds, typicalSeconds } from './typicalSeconds.js';

const terraform = { kind: 'terraform', make: 'applyTerraform', unmake: 'destroyTerraform' } as const;

/**
 * The steps of a deployment in topological order. An `existing:` network, cluster, bucket or zone keeps its step, whose
 * module then only looks it up; a step with nothing to do is left out and its edges are closed over.
 */
export function buildGraph(spec: DeploymentSpec): Step[] {
  const unneeded: StepName[] = [];
  // An existing network brings its own way out; Hangar adds no NAT to a network that is not its own.
  if (spec.network.existing) unneeded.push('egress');
  if (!spec.domain) unneeded.push('dns', 'records');
  return removeSteps(allSteps(spec), unneeded);
}

function allSteps(spec: DeploymentSpec): Step[] {
  const lookedUp: Partial<Record<StepName, unknown>> = {
    network: spec.network.existing,
    cluster: spec.cluster.existing,
    bucket: spec.bucket.existing,
  };
  return describeSteps(spec).map((step) => ({
    ...step,
    typicalSeconds: lookedUp[step.name] ? lookupSeconds : typicalSeconds[step.name],
  }));
}

function describeSteps(spec: DeploymentSpec): Omit<Step, 'typicalSeconds'>[] {
  return [
    {
      name: 'bootstrap',
      kind: 'cloud',
      title: 'State bucket, encrypted and versioned',
      after: [],
      make: 'makeBootstrap',
    },
    {
      ...terraform,
      name: 'network',
      title: spec.network.existing ? `Existing network ${spec.network.existing.id}` : 'Network and subnets in 3 zones',
      after: ['bootstrap'],
    },
    {
      ...terraform,
      name: 'egress',
      title: 'NAT and private routes',
      after: ['network'],
    },
    {
      ...terraform,
      name: 'cluster',
      title: spec.cluster.existing
        ? `Existing Kubernetes cluster ${spec.cluster.existing.name}`
        : `Kubernetes ${spec.cluster.version} control plane`,
      after: ['network'],
    },
    {
      ...terraform,
      name: 'nodes',
      title: 'Node pools',
      // A node reaches the control plane and its images through the NAT.
      after: ['cluster', 'egress'],
    },
    {
      ...terraform,
      name: 'database',
      title: 'PostgreSQL, private and encrypted',
      after: ['network'],
    },
    {
      ...terraform,
      name: 'bucket',
      title: spec.bucket.existing ? `Existing bucket ${spec.bucket.existing.name}` : 'Bucket for metadata and raw data',
      after: ['bootstrap'],
    },
    {
      ...terraform,
      name: 'queues',
      title: 'Topics and queues for events',
      after: ['bootstrap'],
    },
    {
      ...terraform,
      name: 'dns',
      title: spec.dns.existing ? `Certificate in zone ${spec.dns.existing.zone}` : 'DNS zone and certificate',
      after: ['bootstrap'],
    },
    {
      ...terraform,
      name: 'iam',
      title: 'One cloud identity per component',
      after: ['cluster', 'bucket', 'queues', 'database'],
    },
    {
      name: 'platform',
      kind: 'helm',
      title: 'Cluster controllers the cloud lacks',
      after: ['nodes', 'iam'],
      make: 'installPlatform',
      unmake: 'uninstallPlatform',
    },
    {
      name: 'credentials',
      kind: 'kubernetes',
      title: 'Database password as a Kubernetes secret',
      after: ['cluster', 'database'],
      make: 'writeCredentials',
      unmake: 'removeCredentials',
    },
    {
      name: 'flyte',
      kind: 'helm',
      title: `Flyte ${spec.flyte.version} (${spec.flyte.distribution})`,
      // dns: the ingress names the certificate, and a certificate cannot be deleted while a load balancer uses it.
      after: ['platform', 'credentials', 'iam', 'bucket', 'queues', 'dns'],
      make: 'installFlyte',
      unmake: 'uninstallFlyte',
    },
    {
      name: 'records',
      kind: 'cloud',
      title: `DNS records of ${spec.domain}`,
      after: ['flyte', 'dns'],
      make: 'writeRecords',
      unmake: 'removeRecords',
    },
    {
      name: 'smoke',
      kind: 'checks',
      title: 'Checks that Flyte runs tasks',
      after: ['flyte', 'records'],
      make: 'runSmoke',
    },
  ];
}
