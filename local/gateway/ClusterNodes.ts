import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeInstanceTypesCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CoreV1Api, KubeConfig, type V1Node } from '@kubernetes/client-node';
import { localCredentials } from './EmulatedIdentities.js';
import { type InstanceCapacity, type Nodegroup, nodegroupLabel, nodegroupNodes } from './nodegroupNodes.js';

const readyWithinMs = 60_000;

/** The nodes of one cluster, kept as its node groups say. */
export class ClusterNodes {
  readonly #api: CoreV1Api;
  readonly #ec2: EC2Client;
  readonly #region: string;

  constructor(kubeconfig: string, region: string, awsEndpoint: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.#api = config.makeApiClient(CoreV1Api);
    this.#ec2 = new EC2Client({ region, endpoint: awsEndpoint, credentials: localCredentials });
    this.#region = region;
  }

  /** Makes the group's nodes what it says and waits until each is ready. */
  async apply(group: Nodegroup): Promise<void> {
    const [zones, capacity] = await Promise.all([this.#zones(group.subnets), this.#capacity(group.instanceTypes[0])]);
    const wanted = nodegroupNodes(group, this.#region, zones, capacity);
    const standing = await this.#nodesOf(group.nodegroupName);
    const names = new Set(wanted.map((node) => node.metadata!.name));
    await Promise.all([
      ...wanted.map((node) => this.#put(node, standing)),
      ...standing.filter((node) => !names.has(node.metadata!.name)).map((node) => this.#remove(node)),
    ]);
    const deadline = Date.now() + readyWithinMs;
    while (!(await this.#nodesOf(group.nodegroupName)).every(isReady)) {
      if (Date.now() > deadline) throw new Error(`the nodes of ${group.nodegroupName} did not become ready`);
      await sleep(200);
    }
  }

  /** Removes the group's nodes and the pods on them. */
  async remove(nodegroupName: string): Promise<void> {
    await Promise.all((await this.#nodesOf(nodegroupName)).map((node) => this.#remove(node)));
  }

  close(): void {
    this.#ec2.destroy();
  }

  async #nodesOf(nodegroupName: string): Promise<V1Node[]> {
    return (await this.#api.listNode({ labelSelector: `${nodegroupLabel}=${nodegroupName}` })).items;
  }

  async #put(node: V1Node, standing: readonly V1Node[]): Promise<void> {
    const name = node.metadata!.name!;
    const old = standing.find((each) => each.metadata!.name === name);
    if (!old) {
      await this.#api.createNode({ body: node });
      return;
    }
    // Taints of the system (not-ready and the like) are not the group's to remove.
    const system = (old.spec?.taints ?? []).filter((taint) => taint.key.startsWith('node.kubernetes.io/'));
    old.metadata!.labels = node.metadata!.labels;
    old.spec!.taints = [...system, ...(node.spec?.taints ?? [])];
    await this.#api.replaceNode({ name, body: old });
  }

  /** A managed node group drains a node before it goes. */
  async #remove(node: V1Node): Promise<void> {
    const name = node.metadata!.name!;
    const pods = await this.#api.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` });
    const gone = (error: { code?: number }) => {
      if (error.code !== 404) throw error;
    };
    for (const { metadata } of pods.items) {
      const pod = { name: metadata!.name!, namespace: metadata!.namespace! };
      await this.#api.deleteNamespacedPod({ ...pod, gracePeriodSeconds: 0 }).catch(gone);
    }
    await this.#api.deleteNode({ name }).catch(gone);
  }

  async #zones(subnets: readonly string[]): Promise<string[]> {
    if (subnets.length === 0) return [];
    const { Subnets = [] } = await this.#ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] }));
    return Subnets.map((subnet) => subnet.AvailabilityZone ?? '').sort();
  }

  /** As the emulator's copy of AWS' own list of instance types says. */
  async #capacity(instanceType = 't3.medium'): Promise<InstanceCapacity> {
    const command = new DescribeInstanceTypesCommand({ InstanceTypes: [instanceType as never] });
    const [found] = (await this.#ec2.send(command)).InstanceTypes ?? [];
    if (!found) throw new Error(`there is no instance type ${instanceType}`);
    return {
      cpus: found.VCpuInfo?.DefaultVCpus ?? 2,
      memoryMiB: found.MemoryInfo?.SizeInMiB ?? 4096,
      gpus: (found.GpuInfo?.Gpus ?? []).reduce((sum, gpu) => sum + (gpu.Count ?? 0), 0),
    };
  }
}

function isReady(node: V1Node): boolean {
  const condition = node.status?.conditions?.find(({ type }) => type === 'Ready');
  return (
    condition?.status === 'True' && !node.spec?.taints?.some((taint) => taint.key === 'node.kubernetes.io/not-ready')
  );
}
