import { HangarError } from '../../errors/HangarError.js';
import type { StepRequest } from '../../graph/StepRequest.js';
import type { DeploymentSpec, Size } from '../../spec/DeploymentSpec.js';
import type { Json, PlatformChart } from '../Cloud.js';
import { providerTags } from './providerTags.js';

/** The ingress class of the AWS Load Balancer Controller's Application Load Balancers. */
const ingressClass = 'alb';

/** Two controllers where one pod's restart should not hold up new load balancers; the autoscaler's second one stands by. */
const replicas: Record<Size, number> = { small: 1, medium: 2, large: 2 };

/** IAM roles for service accounts: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
const roleAnnotation = 'eks.amazonaws.com/role-arn';

/**
 * The newest cluster-autoscaler of each Kubernetes minor version, which it should match:
 * https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases
 */
const autoscalerVersions: Readonly<Record<string, string>> = {
  '1.31': 'v1.31.5',
  '1.32': 'v1.32.7',
  '1.33': 'v1.33.6',
  '1.34': 'v1.34.5',
  '1.35': 'v1.35.2',
  '1.36': 'v1.36.1',
};

/**
 * What EKS lacks: the AWS Load Balancer Controller and the cluster autoscaler, pinned. Neither needs the other; the
 * autoscaler has no Service, so that its install does not wait for the load balancer controller's webhook.
 */
export function platformCharts(spec: DeploymentSpec): PlatformChart[] {
  const replicaCount = replicas[spec.size];
  return [
    {
      release: 'aws-load-balancer-controller',
      namespace: 'kube-system',
      chart: 'aws-load-balancer-controller',
      repository: 'https://aws.github.io/eks-charts',
      version: '3.5.0',
      customResourceGroups: ['elbv2.k8s.aws', 'gateway.k8s.aws', 'aga.k8s.aws'],
      ingressClass,
      values: (request) => loadBalancerControllerValues(request, replicaCount),
    },
    {
      release: 'cluster-autoscaler',
      namespace: 'kube-system',
      chart: 'cluster-autoscaler',
      repository: 'https://kubernetes.github.io/autoscaler',
      version: '9.59.0',
      customResourceGroups: [],
      values: (request) => autoscalerValues(request, replicaCount),
    },
  ];
}

/** https://github.com/aws/eks-charts/blob/master/stable/aws-load-balancer-controller/values.yaml */
function loadBalancerControllerValues(request: StepRequest, replicaCount: number): Record<string, Json> {
  const { network, cluster, iam } = needed(request);
  return {
    clusterName: cluster.cluster_name,
    region: request.spec.region,
    vpcId: network.network_id,
    replicaCount,
    ingressClass,
    createIngressClassResource: true,
    serviceAccount: serviceAccount('aws-load-balancer-controller', iam.identities['load-balancer-controller']),
    // Without it each upgrade makes a new webhook certificate and restarts the controller.
    keepTLSSecret: true,
    // Add-ons of load balancers that the controller's IAM role has no permissions for.
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    defaultTags: defaultTags(request),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    ...(replicaCount > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}),
  };
}

/** The chart passes tags in one argument, `key=value,…`, that has no way to quote: what would break it is left out. */
function defaultTags(request: StepRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(providerTags(request)).filter(([key, value]) => !/[,="]/.test(`${key}${value}`)),
  );
}

/** https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/charts/cluster-autoscaler/values.yaml */
function autoscalerValues(request: StepRequest, replicaCount: number): Record<string, Json> {
  const { cluster, iam } = needed(request);
  return {
    fullnameOverride: 'cluster-autoscaler',
    cloudProvider: 'aws',
    awsRegion: request.spec.region,
    autoDiscovery: { clusterName: cluster.cluster_name },
    image: { tag: autoscalerVersion(cluster.cluster_version) },
    replicaCount,
    rbac: { serviceAccount: serviceAccount('cluster-autoscaler', iam.identities['cluster-autoscaler']) },
    service: { create: false },
    extraArgs: {
      // Groups of the same kind are filled evenly; a pool is emptied though system pods run on its nodes.
      'balance-similar-node-groups': true,
      'skip-nodes-with-system-pods': false,
      expander: 'least-waste',
    },
    resources: { requests: { cpu: '100m', memory: '300Mi' }, limits: { memory: '1Gi' } },
  };
}

function needed({ outputs: { network, cluster, iam } }: StepRequest) {
  if (!network || !cluster || !iam)
    throw new HangarError('HGR-901', 'the platform was started without the outputs of network, cluster or iam');
  return { network, cluster, iam };
}

function serviceAccount(name: string, role: string): Record<string, Json> {
  return { create: true, name, annotations: { [roleAnnotation]: role } };
}

/** The release for a cluster's version; for one older or newer than the table, the nearest in it. */
export function autoscalerVersion(clusterVersion: string): string {
  const minor = (version: string) => Number(version.split('.')[1]);
  const known = Object.keys(autoscalerVersions).toSorted((one, other) => minor(one) - minor(other));
  const match = known.findLast((version) => minor(version) <= minor(clusterVersion)) ?? known[0]!;
  return autoscalerVersions[match]!;
}
