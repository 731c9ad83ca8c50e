/** What the process answers with: one meaning a number, documented in docs/exit-codes.md. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  /** The command line or the deployment file is wrong; nothing was touched. */
  usage: 2,
  /** The file is right but the world is not ready: credentials, account, a taken name, a missing tool. */
  precondition: 3,
  /** Temporal cannot be reached, or no worker polls the task queue. */
  temporal: 4,
  /** The work failed and what it had made is gone again. */
  failedClean: 5,
  /** The work failed and something is still there: it is listed. */
  failedLeftovers: 6,
  /** No deployment of that name. */
  notFound: 7,
  cancelled: 8,
  /** Ctrl-C: the user stopped watching; the work goes on (128 + SIGINT, as shells have it). */
  detached: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface CodeEntry {
  /** What the code means, for docs/errors.md. */
  readonly title: string;
  /** Whether the same attempt may succeed a little later without anybody acting. */
  readonly retryable: boolean;
  readonly exit: ExitCode;
}

const entry = (title: string, retryable: boolean, exit: ExitCode): CodeEntry => ({ title, retryable, exit });

/**
 * Every code Hangar can give. Stable: a code keeps its meaning for ever; docs/errors.md is generated from this table.
 * 1xx the file, 2xx the world before work starts, 3xx terraform, 4xx Kubernetes and Helm, 5xx Flyte,
 * 6xx Temporal and the client, 7xx state, 8xx tools and the local cloud, 9xx Hangar itself.
 */
export const errorCodes = {
  'HGR-101': entry('The deployment file is not valid YAML', false, exitCodes.usage),
  'HGR-102': entry('The deployment file does not describe a deployment', false, exitCodes.usage),
  'HGR-103': entry('The deployment file cannot be read', false, exitCodes.usage),
  'HGR-104': entry('The Flyte version is not supported', false, exitCodes.usage),
  'HGR-105': entry('A network range is too small or overlaps another', false, exitCodes.usage),
  'HGR-106': entry('The command line is wrong', false, exitCodes.usage),

  'HGR-201': entry('There are no cloud credentials', false, exitCodes.precondition),
  'HGR-202': entry('The cloud credentials have expired', false, exitCodes.precondition),
  'HGR-203': entry('The credentials belong to another account', false, exitCodes.precondition),
  'HGR-204': entry('The name is taken by another deployment', false, exitCodes.precondition),
  'HGR-205': entry('The domain has no zone of ours', false, exitCodes.precondition),
  'HGR-206': entry('A resource given by `existing:` is not there or does not fit', false, exitCodes.precondition),
  'HGR-207': entry('The credentials lack a permission', false, exitCodes.precondition),
  'HGR-208': entry('A quota of the account is too small', false, exitCodes.precondition),
  'HGR-209': entry('The cloud did not answer', true, exitCodes.precondition),

  'HGR-301': entry('Terraform found the configuration wrong', false, exitCodes.failedClean),
  'HGR-302': entry('The state is locked by another run', true, exitCodes.failedClean),
  'HGR-303': entry('The cloud throttled the requests', true, exitCodes.failedClean),
  'HGR-304': entry('The cloud does not see yet what was just made', true, exitCodes.failedClean),
  'HGR-305': entry('The cloud has no capacity for this now', true, exitCodes.failedClean),
  'HGR-306': entry('A quota is exhausted', false, exitCodes.failedClean),
  'HGR-307': entry('The credentials were refused', false, exitCodes.failedClean),
  'HGR-308': entry('A permission is missing', false, exitCodes.failedClean),
  'HGR-309': entry('A provider or module could not be installed', true, exitCodes.failedClean),
  'HGR-310': entry('The plan would delete or replace something', false, exitCodes.failedClean),
  'HGR-311': entry('The network failed', true, exitCodes.failedClean),
  'HGR-312': entry('Terraform was stopped', false, exitCodes.cancelled),
  'HGR-313': entry('A resource of that name is already there', false, exitCodes.failedClean),
  'HGR-314': entry('A resource cannot be deleted while another depends on it', true, exitCodes.failedClean),
  'HGR-315': entry('The cloud took longer than the provider waits', true, exitCodes.failedClean),
  'HGR-316': entry('The state could not be saved', true, exitCodes.failedLeftovers),
  'HGR-317': entry('The terraform provider crashed', true, exitCodes.failedClean),
  'HGR-399': entry('Terraform failed for a reason Hangar does not know', true, exitCodes.failedClean),

  'HGR-401': entry('The Kubernetes API cannot be reached', true, exitCodes.failedClean),
  'HGR-402': entry('The Kubernetes API refused the credentials', false, exitCodes.failedClean),
  'HGR-403': entry('Helm could not find or read the chart', false, exitCodes.failedClean),
  'HGR-404': entry('A chart value is wrong', false, exitCodes.failedClean),
  'HGR-405': entry('Pods did not become ready in time', true, exitCodes.failedClean),
  'HGR-406': entry('Another Helm operation is under way on the release', true, exitCodes.failedClean),
  'HGR-407': entry('The Kubernetes API rejected a manifest', false, exitCodes.failedClean),
  'HGR-408': entry('Something in the cluster does not go away', true, exitCodes.failedLeftovers),
  'HGR-409': entry('Helm was stopped', false, exitCodes.cancelled),
  'HGR-410': entry('A secret could not be delivered to the cluster', true, exitCodes.failedClean),
  'HGR-411': entry('Something that should be in the cluster is not there', true, exitCodes.failedClean),
  'HGR-412': entry('The Kubernetes API failed for a reason Hangar does not know', true, exitCodes.failedClean),
  'HGR-413': entry('The Kubernetes cluster is not there', true, exitCodes.failedClean),
  'HGR-499': entry('Helm failed for a reason Hangar does not know', true, exitCodes.failedClean),

  'HGR-501': entry('A smoke check failed', false, exitCodes.failedClean),
  'HGR-502': entry('FlyteAdmin does not answer', true, exitCodes.failedClean),

  'HGR-601': entry('Temporal cannot be reached', true, exitCodes.temporal),
  'HGR-602': entry('No worker polls the task queue', true, exitCodes.temporal),
  'HGR-603': entry('A workflow of this deployment is already running', false, exitCodes.precondition),
  'HGR-604': entry('There is no deployment of that name', false, exitCodes.notFound),
  'HGR-605': entry('Creation failed', false, exitCodes.failedClean),
  'HGR-606': entry('Destruction left something behind', false, exitCodes.failedLeftovers),
  'HGR-607': entry('The work was cancelled', false, exitCodes.cancelled),
  'HGR-608': entry('The workflow input is wrong', false, exitCodes.usage),
  'HGR-609': entry('Creation failed and something is still there', false, exitCodes.failedLeftovers),
  'HGR-610': entry('The user did not confirm', false, exitCodes.cancelled),
  'HGR-611': entry('The deployment is protected from deletion', false, exitCodes.precondition),
  'HGR-612': entry('The workers died while a step ran', true, exitCodes.failedClean),
  'HGR-613': entry("The Temporal namespace lacks Hangar's search attributes", false, exitCodes.temporal),

  'HGR-701': entry('The state bucket could not be made', true, exitCodes.failedClean),
  'HGR-702': entry('The state bucket is not there', false, exitCodes.notFound),
  'HGR-703': entry('The state bucket still holds deployments', false, exitCodes.precondition),
  'HGR-704': entry('The manifest cannot be read', false, exitCodes.internal),
  'HGR-705': entry('The manifest was changed by another run', true, exitCodes.internal),

  'HGR-801': entry('A tool is missing', false, exitCodes.precondition),
  'HGR-802': entry('A tool is too old', false, exitCodes.precondition),
  'HGR-803': entry('A tool could not be installed', false, exitCodes.precondition),
  'HGR-804': entry('A part of the local cloud did not start', false, exitCodes.precondition),
  'HGR-805': entry('The local cloud is not running', false, exitCodes.precondition),

  'HGR-901': entry('A defect in Hangar', false, exitCodes.internal),
  'HGR-902': entry('A setting is wrong', false, exitCodes.usage),
} as const satisfies Record<string, CodeEntry>;

export type ErrorCode = keyof typeof errorCodes;
