/**
 * Everything a process of Hangar takes from its environment; read once, at the start.
 * Cloud credentials and endpoints are the cloud SDKs' own variables (AWS_*, AWS_ENDPOINT_URL) and are not repeated here.
 */
export interface Settings {
  /** TEMPORAL_ADDRESS; default `127.0.0.1:7233`. */
  readonly temporalAddress: string;
  /** TEMPORAL_NAMESPACE; default `default`. */
  readonly temporalNamespace: string;
  /** TEMPORAL_API_KEY: for Temporal Cloud; turns TLS on. A secret: never printed. */
  readonly temporalApiKey?: string;
  /** TEMPORAL_TLS: `true` turns TLS on without an API key. */
  readonly temporalTls: boolean;
  /** HANGAR_TASK_QUEUE; default `hangar`. */
  readonly taskQueue: string;
  /** HANGAR_HOME: where the worker keeps workspaces and the provider cache; default `~/.cache/hangar`. */
  readonly home: string;
  /** HANGAR_TERRAFORM: the terraform program; default `terraform` on the PATH. */
  readonly terraform: string;
  /** HANGAR_HELM: the helm program; default `helm` on the PATH. */
  readonly helm: string;
  /** HANGAR_TERRAFORM_CONFIG: a terraform CLI configuration (provider mirrors); callers' own TF_* are not inherited. */
  readonly terraformConfig?: string;
  /** HANGAR_CHART_MIRROR: a folder with charts by name, used instead of their repositories (air-gapped installs). */
  readonly chartMirror?: string;
  /** HANGAR_DNS_SERVERS: resolvers for the smoke test's public address, `host:port` with commas between; default: the system's. */
  readonly dnsServers: readonly string[];
  /** HANGAR_CA_FILE: a PEM file trusted for the public address besides the system's. */
  readonly caFile?: string;
  /** HANGAR_WORKER_SLOTS: activities at once; default by memory, see docs/worker.md. */
  readonly workerSlots?: number;
  /** HANGAR_METRICS_ADDRESS: `host:port` where the worker serves its metrics to Prometheus; absent: no metrics. */
  readonly metricsAddress?: string;
  /** HANGAR_TERRAFORM_MODULES: the folder of the terraform modules; default: the package's own `terraform/`. */
  readonly terraformModules: string;
}
