/**
 * What each step gives to those after it. The same names on every cloud: terraform modules' outputs are named exactly so.
 * An id is whatever the cloud itself takes as a reference (on AWS an ARN or an id). Nothing in here is a secret.
 */
export interface StepOutputs {
  bootstrap: {
    state_bucket: string;
    state_region: string;
  };
  network: {
    network_id: string;
    network_cidr: string;
    zones: string[];
    public_subnet_ids: string[];
    private_subnet_ids: string[];
    database_subnet_ids: string[];
    /** One per zone, in the order of `zones`; egress adds the default routes. */
    private_route_table_ids: string[];
  };
  egress: {
    /** The public addresses that the deployment's traffic leaves from. */
    nat_addresses: string[];
  };
  cluster: {
    cluster_name: string;
    cluster_version: string;
    cluster_endpoint: string;
    /** OIDC issuer without `https://`. */
    oidc_issuer: string;
    /** AWS: the IAM OIDC provider's ARN. */
    oidc_provider_id: string;
    cluster_security_group_id: string;
  };
  nodes: {
    node_pools: string[];
    node_role_id: string;
  };
  database: {
    database_host: string;
    database_port: number;
    database_name: string;
    database_user: string;
    /** The secret in the cloud's secret store that holds the password: JSON with `username` and `password`. */
    database_secret_id: string;
  };
  bucket: {
    bucket_name: string;
    bucket_id: string;
    /** With the scheme Flyte uses: `s3://name`. */
    bucket_url: string;
    bucket_key_id: string;
  };
  queues: {
    /** Null where `components.notifications` is false. */
    notifications_topic_id: string | null;
    notifications_queue_id: string | null;
    notifications_queue_name: string | null;
    /** Null unless `components.scheduler` is `cloud`. */
    scheduler_queue_id: string | null;
    scheduler_queue_name: string | null;
    /** Prefix that FlyteAdmin's own schedule rules carry. */
    scheduler_rule_prefix: string | null;
    events_topic_id: string;
  };
  dns: {
    domain: string | null;
    zone_id: string | null;
    zone_name: string | null;
    name_servers: string[];
    certificate_id: string | null;
  };
  iam: {
    /** By component: the identity its service account is bound to (AWS: role ARN). */
    identities: Record<IdentityName, string>;
    /** AWS: the role that EventBridge assumes for FlyteAdmin's schedule rules; null unless `scheduler: cloud`. */
    scheduler_target_role_id: string | null;
  };
  platform: {
    ingress_class: string;
  };
  credentials: {
    /** Kubernetes secret in Flyte's namespace that holds the database password under `pass.txt`. */
    database_secret_name: string;
  };
  flyte: {
    namespace: string;
    release: string;
    chart_version: string;
    /** Host name or address of the load balancer; null where none was given within the wait. */
    load_balancer: string | null;
  };
  records: {
    names: string[];
  };
  smoke: {
    checks: SmokeCheckReport[];
  };
}

/** Components that have an identity of their own. `task` is what task pods run as. */
export const identityNames = [
  'flyteadmin',
  'flytepropeller',
  'datacatalog',
  'flytescheduler',
  'task',
  'load-balancer-controller',
  'cluster-autoscaler',
] as const;

export type IdentityName = (typeof identityNames)[number];

/** The service accounts each identity trusts, as `namespace/name`; `task` trusts each project-domain's `default`. */
export const serviceAccounts = {
  flyteadmin: ['flyte/flyteadmin'],
  flytepropeller: ['flyte/flytepropeller'],
  datacatalog: ['flyte/datacatalog'],
  flytescheduler: ['flyte/flytescheduler'],
  'load-balancer-controller': ['kube-system/aws-load-balancer-controller'],
  'cluster-autoscaler': ['kube-system/cluster-autoscaler'],
} as const satisfies Partial<Record<IdentityName, readonly string[]>>;

/** One smoke check, as it went. */
export interface SmokeCheckReport {
  name: string;
  /** `skipped` only where the check does not apply to this deployment, with the reason in `message`. */
  result: 'passed' | 'failed' | 'skipped';
  seconds: number;
  message?: string;
  /** On failure: what to look at. */
  look?: string;
}

/** Outputs of the steps that stand so far. */
export type DeploymentOutputs = { [S in keyof StepOutputs]?: StepOutputs[S] };
