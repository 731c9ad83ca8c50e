import {
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  NetworkingV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  V1Ingress,
  type V1Service,
} from '@kubernetes/client-node';
import type { ControllerArguments } from './elasticLoadBalancers.js';
import type { Backend } from './routeRequest.js';

/** What the controller reads and writes in its cluster. */
export interface ClusterObjects {
  /** The controller's Deployment and its service account's role; undefined while it does not stand. */
  controller(): Promise<(ControllerArguments & { ingressClass: string; roleArn: string }) | undefined>;
  ingresses(): Promise<V1Ingress[]>;
  services(): Promise<V1Service[]>;
  /** The services behind which a pod is ready. */
  readyServices(): Promise<Backend[]>;
  setFinalizers(object: V1Ingress | V1Service, finalizers: string[]): Promise<void>;
  setHostname(object: V1Ingress | V1Service, hostname: string): Promise<void>;
  warn(object: V1Ingress | V1Service, message: string): Promise<void>;
}

const deploymentName = 'aws-load-balancer-controller';
const namespace = 'kube-system';
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** @param kubeconfig of a member of system:masters */
export function clusterObjects(kubeconfig: string): ClusterObjects {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const networking = config.makeApiClient(NetworkingV1Api);
  const discovery = config.makeApiClient(DiscoveryV1Api);

  return {
    async controller() {
      const deployment = await there(apps.readNamespacedDeployment({ namespace, name: deploymentName }));
      if (!deployment || !(deployment.status?.availableReplicas ?? 0)) return undefined;
      const name = deployment.spec?.template.spec?.serviceAccountName ?? 'default';
      const account = await there(core.readNamespacedServiceAccount({ namespace, name }));
      return {
        ...argumentsOf(deployment),
        roleArn: account?.metadata?.annotations?.['eks.amazonaws.com/role-arn'] ?? '',
      };
    },
    ingresses: async () => (await networking.listIngressForAllNamespaces()).items,
    services: async () => (await core.listServiceForAllNamespaces()).items,
    async readyServices() {
      const { items } = await discovery.listEndpointSliceForAllNamespaces();
      return items
        .filter(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready))
        .map(({ metadata }) => ({
          namespace: metadata?.namespace ?? '',
          service: metadata?.labels?.['kubernetes.io/service-name'] ?? '',
        }));
    },
    async setFinalizers(object, finalizers) {
      const target = identity(object);
      // The version guards against a finalizer that another controller added meanwhile.
      const body = { metadata: { finalizers, resourceVersion: object.metadata?.resourceVersion } };
      if (isIngress(object)) await networking.patchNamespacedIngress({ ...target, body }, mergePatch);
      else await core.patchNamespacedService({ ...target, body }, mergePatch);
    },
    async setHostname(object, hostname) {
      const target = identity(object);
      const body = { status: { loadBalancer: { ingress: [{ hostname }] } } };
      if (isIngress(object)) await networking.patchNamespacedIngressStatus({ ...target, body }, mergePatch);
      else await core.patchNamespacedServiceStatus({ ...target, body }, mergePatch);
    },
    async warn(object, message) {
      const target = identity(object);
      const now = new Date();
      await core.createNamespacedEvent({
        namespace: target.namespace,
        body: {
          metadata: { generateName: `${target.name}.`, namespace: target.namespace },
          involvedObject: {
            kind: isIngress(object) ? 'Ingress' : 'Service',
            uid: object.metadata?.uid,
            ...target,
          },
          type: 'Warning',
          reason: 'FailedDeployModel',
          message,
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
          source: { component: 'hangar-load-balancer-stand-in' },
        },
      });
    },
  };
}

const isIngress = (object: V1Ingress | V1Service): object is V1Ingress => object instanceof V1Ingress;

const identity = ({ metadata }: V1Ingress | V1Service) => ({
  namespace: metadata?.namespace ?? '',
  name: metadata?.name ?? '',
});

/** What the chart made of its values. */
function argumentsOf(deployment: V1Deployment): ControllerArguments & { ingressClass: string } {
  const args = deployment.spec?.template.spec?.containers[0]?.args ?? [];
  const value = (flag: string) => args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3) ?? '';
  return {
    clusterName: value('cluster-name'),
    region: value('aws-region'),
    vpcId: value('aws-vpc-id'),
    ingressClass: value('ingress-class') || 'alb',
    defaultTags: Object.fromEntries(
      value('default-tags')
        .split(',')
        .filter((pair) => pair.includes('='))
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
  };
}

async function there<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return undefined;
    throw error;
  }
}
