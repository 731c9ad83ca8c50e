import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from '../kubernetes/startControlPlane.js';
import { ClusterNodes } from './ClusterNodes.js';
import { type ClusterNetwork, clusterNetwork } from './clusterNetwork.js';
import type { Nodegroup } from './nodegroupNodes.js';

type Json = Record<string, unknown>;

/** Where a cluster or node group is, in EKS' words. */
type Status =
  | 'CREATING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'DELETING'
  | 'FAILED'
  | 'CREATE_FAILED'
  | 'DELETE_FAILED'
  | 'DEGRADED';

/** What a group's creator said, where the emulator's own defaults differ from those of EKS. */
interface NodegroupRequest {
  readonly remoteAccess?: unknown;
  readonly updateConfig?: unknown;
  readonly version?: string;
  readonly releaseVersion?: string;
}

/** What the cluster's creator said, where the emulator forgets it. */
export interface ClusterRequest {
  readonly accessConfig?: { readonly authenticationMode?: string };
  readonly resourcesVpcConfig?: { readonly subnetIds?: readonly string[] };
}

interface NodegroupState {
  requested: NodegroupRequest;
  status: Status;
  problem?: string;
  /** Its work so far; the next waits for it. */
  work: Promise<void>;
  /** As described last: what a group that is being deleted is described with. */
  description: Json;
}

/** What an EKS cluster of the emulator lacks: a control plane that runs, and nodes. */
export class EksCluster {
  readonly name: string;
  readonly region: string;
  readonly creatorArn: string;
  readonly #requested: ClusterRequest;
  readonly #awsEndpoint: string;
  readonly #nodegroups = new Map<string, NodegroupState>();
  #status: Status = 'CREATING';
  #problem?: string;
  #gone = false;
  #description: Json;
  #controlPlane?: ControlPlane;
  #nodes?: ClusterNodes;
  #network?: ClusterNetwork;
  readonly #started: Promise<void>;

  constructor(
    identity: { name: string; region: string; creatorArn: string },
    requested: ClusterRequest,
    description: Json,
    awsEndpoint: string,
    options: ControlPlaneOptions,
  ) {
    this.name = identity.name;
    this.region = identity.region;
    this.creatorArn = identity.creatorArn;
    this.#requested = requested;
    this.#description = description;
    this.#awsEndpoint = awsEndpoint;
    this.#started = this.#start(options);
  }

  get deleting(): boolean {
    return this.#status === 'DELETING';
  }

  /** The running control plane; undefined until it is ready. */
  get controlPlane(): ControlPlane | undefined {
    return this.#controlPlane;
  }

  /**
   * Waits until the cluster, or the group, is no longer on its way somewhere, but no longer than `patienceMs`: clients
   * that ask again and again at growing intervals get to know sooner.
   */
  async settled(patienceMs: number, nodegroup?: string): Promise<void> {
    const deadline = Date.now() + patienceMs;
    const status = () => (nodegroup === undefined ? this.#status : this.nodegroupStatus(nodegroup));
    while (/ING$/.test(status() ?? '') && !this.#gone && Date.now() < deadline) await sleep(50);
  }

  /** The emulator's description of the cluster, put right. */
  describe(description: Json = this.#description): Json {
    this.#description = description;
    const plane = this.#controlPlane;
    return {
      ...description,
      resourcesVpcConfig: {
        ...(description.resourcesVpcConfig as Json),
        vpcId: this.#network?.vpcId,
        clusterSecurityGroupId: this.#network?.clusterSecurityGroupId,
      },
      accessConfig: { authenticationMode: this.#requested.accessConfig?.authenticationMode ?? 'CONFIG_MAP' },
      status: this.#status,
      endpoint: plane?.server,
      certificateAuthority: plane ? { data: Buffer.from(plane.certificateAuthority).toString('base64') } : {},
      health: { issues: issues(this.#problem, this.name) },
    };
  }

  /** Deletes the cluster in the background, with what EKS made for it. */
  delete(): Promise<void> {
    this.#status = 'DELETING';
    const work = async () => {
      await this.stop();
      await this.#network?.remove();
    };
    return work()
      .catch((error: unknown) => {
        this.#problem = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        this.#gone = true;
      });
  }

  /** Stops the control plane; done when all of it has ended. */
  async stop(): Promise<void> {
    await this.#started;
    await Promise.allSettled([...this.#nodegroups.values()].map(({ work }) => work));
    this.#nodes?.close();
    await this.#controlPlane?.stop();
  }

  /** Makes the nodes of a new group, in the background. */
  createNodegroup(group: Nodegroup, requested: NodegroupRequest, description: Json): void {
    const state: NodegroupState = { requested, status: 'CREATING', work: Promise.resolve(), description };
    this.#nodegroups.set(group.nodegroupName, state);
    this.#work(state, 'CREATE_FAILED', async (nodes) => {
      await nodes.apply(group);
      state.status = 'ACTIVE';
    });
  }

  /** Makes a group's nodes what it has become, in the background. */
  updateNodegroup(group: Nodegroup, { updateConfig }: NodegroupRequest): void {
    const state = this.#nodegroups.get(group.nodegroupName);
    if (!state) return;
    if (updateConfig) state.requested = { ...state.requested, updateConfig };
    state.status = 'UPDATING';
    this.#work(state, 'DEGRADED', async (nodes) => {
      await nodes.apply(group);
      state.status = 'ACTIVE';
    });
  }

  /** Removes a group's nodes, in the background. */
  deleteNodegroup(name: string): void {
    const state = this.#nodegroups.get(name);
    if (!state) return;
    state.status = 'DELETING';
    this.#work(state, 'DELETE_FAILED', async (nodes) => {
      await nodes.remove(name);
      this.#nodegroups.delete(name);
    });
  }

  /** Where a group is; undefined when there is none of that name. */
  nodegroupStatus(name: string): Status | undefined {
    return this.#nodegroups.get(name)?.status;
  }

  /** The emulator's description of a group, put right; without one, of a group that is being deleted. */
  describeNodegroup(name: string, description?: Json): Json | undefined {
    const state = this.#nodegroups.get(name);
    if (!state) return description;
    if (description) state.description = description;
    const { requested } = state;
    const version = requested.version ?? this.#description.version;
    return {
      ...state.description,
      // The emulator gives every group a key pair, which terraform then wants to replace the group for.
      remoteAccess: requested.remoteAccess,
      updateConfig: requested.updateConfig ?? { maxUnavailable: 1 },
      version,
      releaseVersion: requested.releaseVersion ?? `${version}.0-local`,
      status: state.status,
      health: { issues: issues(state.problem, name) },
    };
  }

  async #start(options: ControlPlaneOptions): Promise<void> {
    try {
      const subnets = this.#requested.resourcesVpcConfig?.subnetIds ?? [];
      this.#network = await clusterNetwork(this.#awsEndpoint, this.region, this.name, subnets);
      this.#controlPlane = await startControlPlane(options);
      this.#nodes = new ClusterNodes(this.#controlPlane.kubeconfig, this.region, this.#awsEndpoint);
      if (this.#status === 'CREATING') this.#status = 'ACTIVE';
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      if (this.#status === 'CREATING') this.#status = 'FAILED';
    }
  }

  #work(state: NodegroupState, onFailure: Status, work: (nodes: ClusterNodes) => Promise<void>): void {
    state.work = state.work
      .then(() => this.#started)
      .then(() => {
        if (!this.#nodes) throw new Error(`the cluster has no control plane: ${this.#problem}`);
        return work(this.#nodes);
      })
      .catch((error: unknown) => {
        state.status = onFailure;
        state.problem = error instanceof Error ? error.message : String(error);
      });
  }
}

function issues(problem: string | undefined, resource: string): Json[] {
  return problem ? [{ code: 'InternalFailure', message: problem, resourceIds: [resource] }] : [];
}
