import type { HangarError } from '../errors/HangarError.js';
import type { StepName } from '../graph/StepName.js';
import type { DeploymentOutputs, IdentityName, StepOutputs } from '../graph/StepOutputs.js';
import type { Leftover, StepRequest } from '../graph/StepRequest.js';
import type { ClusterAccess } from '../kubernetes/ClusterAccess.js';
import type { CloudName, DeploymentSpec } from '../spec/DeploymentSpec.js';
import type { StateStore } from './StateStore.js';

/** An account's part of a cloud: all that is needed to find its state bucket. */
export interface CloudTarget {
  readonly cloud: CloudName;
  readonly account: string;
  readonly region: string;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Everything that differs by cloud. Implemented once a cloud, in a folder of its own; nothing else asks which cloud it is. */
export interface Cloud {
  readonly name: CloudName;

  /** Who the credentials are. Throws HGR-201, HGR-202 or HGR-209. */
  identity(): Promise<{ account: string; principal: string }>;

  /**
   * All that stands in the way of creating `spec`, found before anything is made: wrong account, missing zone,
   * an `existing:` that is not there, quotas. Empty when nothing does.
   */
  preflight(spec: DeploymentSpec): Promise<HangarError[]>;

  /** Makes the state bucket, or finds it; safe to repeat and to run twice at once. */
  bootstrap(target: CloudTarget, signal?: AbortSignal): Promise<StepOutputs['bootstrap']>;
  /** Removes the state bucket. Throws HGR-703 while a deployment is in it; HGR-702 when it is not there. */
  deleteBootstrap(target: CloudTarget, signal?: AbortSignal): Promise<void>;
  /** The deterministic name of the state bucket. */
  stateBucket(target: CloudTarget): string;
  /** Objects of the state bucket. Every call throws HGR-702 when the bucket is not there. */
  stateStore(target: CloudTarget): StateStore;

  /** Where a step's state is, as terraform and as the state store see it. */
  backend(spec: DeploymentSpec, step: StepName): TerraformBackend;
  /** Environment for terraform: credentials and endpoints, from this process's own; never TF_*. */
  terraformEnvironment(): Promise<Record<string, string>>;
  /** Folder below `terraform/` and the input variables of a step's module. Throws HGR-901 when a step before it has no outputs. */
  terraformModule(request: StepRequest): { module: string; variables: Record<string, Json> };
  /** Stand-ins for outputs of terraform steps that are not made: to plan what comes after them, or to find a module's folder. */
  placeholderOutputs(spec: DeploymentSpec): DeploymentOutputs;
  /** The provider of a step's module, as its root configures it: region, default tags, the only account allowed. */
  terraformProvider(request: StepRequest): TerraformProvider;

  /** Access to the deployment's Kubernetes cluster. Throws HGR-413 where there is none, HGR-401 where that cannot be told. */
  clusterAccess(spec: DeploymentSpec, cluster: Pick<StepOutputs['cluster'], 'cluster_name'>): Promise<ClusterAccess>;
  /** A secret's value, in memory only. Throws HGR-410. */
  readSecret(id: string, region: string): Promise<string>;

  /** Makes the deployment's DNS names point at the load balancer; safe to repeat. */
  writeRecords(spec: DeploymentSpec, dns: StepOutputs['dns'], loadBalancer: string): Promise<string[]>;
  /** Removes what writeRecords made; tolerates that it never ran. */
  removeRecords(spec: DeploymentSpec, dns: StepOutputs['dns']): Promise<string[]>;

  /** Resources that carry the deployment's tag (or, without a name, any deployment's), as the cloud itself lists them. */
  findByTag(target: CloudTarget, deployment?: string): Promise<TaggedResource[]>;

  /**
   * Removes the schedules that FlyteAdmin made in the cloud's own scheduler (`scheduler: cloud`), found by the deployment's
   * name; tolerates that there are none. To be called when Flyte's release is gone, or it would make new ones.
   * @returns the schedules that are still there
   */
  removeSchedules(spec: DeploymentSpec): Promise<Leftover[]>;

  /**
   * What was made outside terraform and is still there: FlyteAdmin's schedules, and load balancers, volumes and the like
   * that Kubernetes controllers made for the cluster; the latter only where the cluster's name is known.
   */
  findOrphans(spec: DeploymentSpec, clusterName: string | undefined): Promise<Leftover[]>;

  /** Platform charts this cloud needs. */
  platformCharts(spec: DeploymentSpec): PlatformChart[];
  /** The cloud's part of Flyte's chart values. */
  flyteValues(request: StepRequest): FlyteCloudValues;

  /** List price of the deployment in US dollars an hour, by step, with the source of the prices. An estimate. */
  hourlyCost(spec: DeploymentSpec): { total: number; byStep: Partial<Record<StepName, number>>; source: string };

  /** The command that gives a person's kubectl access. */
  kubeconfigCommand(spec: DeploymentSpec, clusterName: string): string;
  /** The program that kubectl runs for a token, as a kubeconfig's `exec` names it. */
  credentialCommand(spec: DeploymentSpec, clusterName: string): { command: string; args: string[] };
}

/** Terraform's backend block for one state, without a secret in it, and the objects it keeps in the state bucket. */
export interface TerraformBackend {
  type: string;
  config: Record<string, Json>;
  /** Key of the state in {@link Cloud.stateStore}. */
  stateKey: string;
  /** Key of the lock that terraform keeps there while it works; absent where the lock is not an object (Azure's leases). */
  lockKey?: string;
}

/** A `provider` block in JSON form: `name` is its local name (`aws`), nested blocks are objects or lists of them. */
export interface TerraformProvider {
  name: string;
  /** `hashicorp/aws`; the version is pinned by the module and its lock file. */
  source: string;
  config: Record<string, Json>;
}

/** A resource that the cloud lists under Hangar's tags. */
export interface TaggedResource {
  /** AWS: the ARN. */
  id: string;
  /** All tags, as the cloud gives them: terraform's recovery finds what belongs to which address by them. */
  tags?: Record<string, string>;
  deployment: string;
  step?: string;
  expires?: string;
}

/** A chart of the platform step, pinned. */
export interface PlatformChart {
  release: string;
  namespace: string;
  chart: string;
  repository: string;
  version: string;
  /** The chart's values. Throws HGR-901 when an output that it needs is missing. */
  values(request: StepRequest): Record<string, Json>;
  /** API groups of the custom resources that the chart defines in `crds/`: helm does not remove those. */
  customResourceGroups: string[];
  /** The ingress class that Flyte's ingresses take, on the chart that serves it. */
  ingressClass?: string;
}

/** What differs by cloud in Flyte's values; src/flyte builds the chart's values around it. */
export interface FlyteCloudValues {
  /** `storage` block of the deployment's chart (flyte-core and flyte-binary differ): type, bucket, region. */
  storage: Record<string, Json>;
  /** Annotations of each component's service account. */
  serviceAccountAnnotations: Partial<Record<IdentityName, Record<string, string>>>;
  /** Labels that pods need for workload identity. */
  podLabels: Record<string, string>;
  /** FlyteAdmin's `remoteData`. */
  remoteData: Record<string, Json>;
  /**
   * How `interruptible` tasks get to spot nodes: a part of FlytePropeller's `plugins.k8s`; null without a spot pool.
   * Keys: https://github.com/flyteorg/flyte/blob/v1.16.8/flyteplugins/go/tasks/pluginmachinery/flytek8s/config/config.go
   */
  interruptible: Record<string, Json> | null;
  /** FlyteAdmin's `scheduler` block (cloud event scheduler and workflow executor), null with the native one or none. */
  scheduler: Record<string, Json> | null;
  /** FlyteAdmin's `notifications`, null when off. */
  notifications: Record<string, Json> | null;
  /** FlyteAdmin's `externalEvents`, null when off. */
  externalEvents: Record<string, Json> | null;
  /** How the deployment's domain is served. */
  ingress: {
    className: string;
    /** Annotations of every ingress (load balancer, certificate). */
    annotations: Record<string, string>;
    /** Annotations of the gRPC ingress only. */
    grpcAnnotations: Record<string, string>;
    /** Annotations of FlyteAdmin's service (health check). */
    adminServiceAnnotations: Record<string, string>;
    /** Whether the ingress ends TLS with a certificate from a Kubernetes secret; false where the load balancer does. */
    tls: boolean;
  };
}
