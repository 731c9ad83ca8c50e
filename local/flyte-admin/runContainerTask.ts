import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { type ClusterApis, found } from './ClusterApis.js';
import { type Execution, hasEnded, type Literals } from './Execution.js';
import type { Installation } from './Installation.js';

const group = 'flyte.lyft.com';
const version = 'v1alpha1';
const plural = 'flyteworkflows';

/** Flyte's name for the only node of a task that runs by itself. */
export const nodeId = 'n0';

/**
 * Plays a container task: the FlyteWorkflow object, the pod that FlytePropeller would make of it (with the copilot
 * beside it where the task has outputs), and its end. The pod runs on a simulated node: kwok says how it ends.
 * @returns what the container would have written
 * @throws an Error with why the task failed
 */
export async function runContainerTask(
  apis: ClusterApis,
  installation: Installation,
  execution: Execution,
): Promise<Literals> {
  const namespace = `${execution.project}-${execution.domain}`;
  const owner = await createWorkflow(apis, namespace, execution);
  const pod = taskPod(installation, execution, namespace, owner);
  await apis.core.createNamespacedPod({ namespace, body: pod });
  await podEnd(apis, namespace, pod.metadata!.name!, execution);
  return containerOutputs(execution);
}

/** Deletes what an execution left, as FlytePropeller does when it is aborted. */
export async function abortContainerTask({ customObjects }: ClusterApis, execution: Execution): Promise<void> {
  const namespace = `${execution.project}-${execution.domain}`;
  await found(customObjects.deleteNamespacedCustomObject({ group, version, namespace, plural, name: execution.name }));
}

async function createWorkflow({ customObjects }: ClusterApis, namespace: string, execution: Execution) {
  const { project, domain, name } = execution;
  const body = {
    apiVersion: `${group}/${version}`,
    kind: 'FlyteWorkflow',
    metadata: { name, namespace, labels: { 'execution-id': name, project, domain } },
    spec: { id: `${project}:${domain}:${execution.template.id?.name}` },
  };
  const made = await customObjects.createNamespacedCustomObject({ group, version, namespace, plural, body });
  return {
    apiVersion: body.apiVersion,
    kind: body.kind,
    name,
    uid: (made as { metadata: { uid: string } }).metadata.uid,
    blockOwnerDeletion: true,
    controller: true,
  };
}

function taskPod(
  { admin, propeller }: Installation,
  { project, domain, name, template }: Execution,
  namespace: string,
  owner: Awaited<ReturnType<typeof createWorkflow>>,
): V1Pod {
  // Quotas of the namespace take only pods with limits.
  const { cpu, memory } = admin.section('task_resources').defaults;
  const resources = { requests: { cpu, memory }, limits: { cpu, memory } };
  const main: V1Container = {
    name: `${name}-${nodeId}-0`,
    image: template.container?.image ?? '',
    command: (template.container?.command ?? []).map(String),
    resources,
  };
  const copilot: V1Container = {
    name: 'flyte-copilot-sidecar',
    image: propeller.section('plugins').k8s['co-pilot'].image,
    command: ['/bin/flyte-copilot', 'sidecar'],
    resources,
  };
  return {
    metadata: {
      name: `${name}-${nodeId}-0`,
      namespace,
      labels: { 'execution-id': name, 'node-id': nodeId, project, domain },
      annotations: { 'hangar/stand-in': 'no container runs here' },
      ownerReferences: [owner],
    },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: 'default',
      containers: template.container?.data_config?.enabled ? [main, copilot] : [main],
    },
  };
}

async function podEnd({ core }: ClusterApis, namespace: string, name: string, execution: Execution): Promise<void> {
  for (;;) {
    if (hasEnded(execution)) throw new Error('aborted');
    const pod = await found(core.readNamespacedPod({ namespace, name }));
    if (!pod) throw new Error(`pod ${namespace}/${name} was deleted`);
    const phase = pod.status?.phase;
    if (phase === 'Running') execution.phase = 'RUNNING';
    if (phase === 'Succeeded') return;
    if (phase === 'Failed') {
      const codes = pod.status?.containerStatuses?.map(({ state }) => state?.terminated?.exitCode);
      throw new Error(`pod ${namespace}/${name} failed with exit code ${codes?.join(', ')}`);
    }
    await sleep(200);
  }
}

/**
 * What the container would have written below its output folder. No container runs here, so only the command of
 * Hangar's own check is understood: `sh -c 'printf %s "$0" > "$1"' WORDS FILE`.
 */
function containerOutputs({ template }: Execution): Literals {
  const wanted = Object.keys(template.interface?.outputs?.variables ?? {});
  if (wanted.length === 0) return {};
  const { command = [], data_config } = template.container ?? {};
  const [shell, flag, script, words, file] = (command ?? []).map(String);
  if (shell !== 'sh' || flag !== '-c' || script !== 'printf %s "$0" > "$1"' || !data_config?.enabled) {
    throw new Error('the stand-in runs no containers: it understands the command of the check "bucket" only');
  }
  return Object.fromEntries(
    wanted.map((variable) => {
      if (file !== `${data_config.output_path}/${variable}`) throw new Error(`output ${variable} was not written`);
      return [variable, { scalar: { primitive: { string_value: words } } }];
    }),
  );
}
