import { setTimeout as sleep } from 'node:timers/promises';
import { flyteNamespace } from '../../src/flyte/flyteRelease.js';
import type { AwsClients } from './AwsClients.js';
import type { ClusterApis } from './ClusterApis.js';
import { type Execution, hasEnded, type Literals } from './Execution.js';
import { type Installation, readInstallation } from './Installation.js';
import { abortContainerTask, nodeId, runContainerTask } from './runContainerTask.js';
import { bucketAs } from './WorkloadIdentity.js';

/** Plays FlytePropeller: takes executions through their phases. */
export class Propeller {
  readonly #apis: ClusterApis;
  readonly #aws: AwsClients;

  constructor(apis: ClusterApis, aws: AwsClients) {
    this.#apis = apis;
    this.#aws = aws;
  }

  /** Starts an execution; it goes on by itself. */
  start(execution: Execution): void {
    this.#run(execution).then(
      () => end(execution, 'SUCCEEDED'),
      (error: unknown) => end(execution, 'FAILED', error instanceof Error ? error.message : String(error)),
    );
  }

  async abort(execution: Execution, cause: string): Promise<void> {
    end(execution, 'ABORTED', cause);
    await abortContainerTask(this.#apis, execution);
  }

  async #run(execution: Execution): Promise<void> {
    const installation = await this.#propellerReady(execution);
    const type = execution.template.type ?? '';
    const enabled = installation.propeller.section('tasks')['task-plugins']['enabled-plugins'];
    if (!enabled.includes(type)) throw new Error(`no plugin is enabled for task type [${type}]`);
    switch (type) {
      case 'echo':
        return await this.#writeOutputs(installation, execution, execution.inputs, undefined);
      case 'container': {
        const outputs = await runContainerTask(this.#apis, installation, execution);
        const namespace = `${execution.project}-${execution.domain}`;
        return await this.#writeOutputs(installation, execution, outputs, { namespace, name: 'default' });
      }
      default:
        throw new Error(`the stand-in does not know task type [${type}]`);
    }
  }

  /** An execution stays queued while no propeller looks at it. */
  async #propellerReady(execution: Execution): Promise<Installation> {
    for (;;) {
      const installation = await readInstallation(this.#apis);
      if (installation.propellerReady) return installation;
      if (hasEnded(execution)) throw new Error('aborted');
      await sleep(500);
    }
  }

  /**
   * Outputs go through the bucket as in Flyte: the task's pod writes them (`pod`: its service account; none where no pod
   * ran), FlytePropeller reads them and writes the execution's own.
   */
  async #writeOutputs(
    { admin, propeller, serviceAccounts }: Installation,
    execution: Execution,
    outputs: Literals,
    pod: { namespace: string; name: string } | undefined,
  ): Promise<void> {
    if (Object.keys(outputs).length === 0) return;
    const bucket = admin.section('storage').container;
    const { project, domain, name } = execution;
    const folder = `${propeller.section('propeller')['metadata-prefix']}/${project}-${domain}-${name}`;
    // Flyte writes protobuf; the stand-in writes the same message as JSON.
    const body = JSON.stringify({ literals: outputs });
    const ofNode = `${folder}/${nodeId}/data/0/outputs.pb`;
    const account = { namespace: flyteNamespace, name: serviceAccounts.propeller };
    const asPropeller = await bucketAs(this.#apis, this.#aws, account, bucket);
    const writer = pod ? await bucketAs(this.#apis, this.#aws, pod, bucket) : asPropeller;
    await writer.put(ofNode, body);
    const ofExecution = `${folder}/end-node/data/0/outputs.pb`;
    await asPropeller.put(ofExecution, await asPropeller.get(ofNode));
    execution.outputsUri = `s3://${bucket}/${ofExecution}`;
  }
}

function end(execution: Execution, phase: Execution['phase'], error?: string): void {
  if (hasEnded(execution)) return;
  execution.phase = phase;
  execution.endedAt = new Date();
  if (error !== undefined) execution.error = error;
}
