import { createHash } from 'node:crypto';
import type { Execution, ExecutionAnswer, ExecutionRequest, TaskRequest } from '../adminClient.js';
import type { SmokeContext } from './SmokeCheck.js';
import { until } from './until.js';

/** A task to run once, as the parts of flyteidl's template that differ by task. */
export interface SmokeTask {
  readonly name: 'echo' | 'container' | 'bucket';
  readonly template: NonNullable<NonNullable<TaskRequest['spec']>['template']>;
  readonly inputs?: ExecutionRequest['inputs'];
}

const ended = ['SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'];

/** Where smoke executions run: the first project, in its first domain. */
export function smokePlace({ spec }: Pick<SmokeContext, 'spec'>): { project: string; domain: string } {
  const project = spec.flyte.projects[0]!;
  return { project: project.id, domain: project.domains[0]! };
}

/** The execution of a check in this attempt: a name that FlyteAdmin and Kubernetes take, the same when asked again. */
export function smokeExecution(context: Pick<SmokeContext, 'spec' | 'run'>, task: SmokeTask['name']): Execution {
  return { ...smokePlace(context), name: `hangar-${task}-${digest(context.run)}` };
}

/** The namespace and labels of an execution's pods, as a command shows them. */
export function podsCommand(context: Pick<SmokeContext, 'spec' | 'run'>, task: SmokeTask['name']): string {
  const { project, domain, name } = smokeExecution(context, task);
  return `kubectl -n ${project}-${domain} describe pods -l execution-id=${name}`;
}

/**
 * Registers a task, runs it and waits for its end. Leaves nothing running: an execution that has not ended when the
 * check does is terminated.
 * @returns the ended execution's id and how it went
 * @throws an Error that says how it ended, where it did not succeed
 */
export async function runSmokeTask(
  context: SmokeContext,
  task: SmokeTask,
): Promise<{ id: Execution; closure: NonNullable<ExecutionAnswer['closure']> }> {
  const { admin } = context;
  const id = smokeExecution(context, task.name);
  const taskId = {
    resource_type: 'TASK',
    project: id.project,
    domain: id.domain,
    name: `hangar.smoke.${task.name}`,
    version: digest(context.run),
  };
  await admin.createTask({ id: taskId, spec: { template: { ...task.template, id: taskId } } });
  let phase: string | undefined;
  try {
    await admin.createExecution({
      ...id,
      spec: { launch_plan: taskId, metadata: { mode: 'MANUAL', principal: 'hangar' } },
      ...(task.inputs ? { inputs: task.inputs } : {}),
    });
    const closure = await until(context, async () => {
      const execution = await admin.execution(id);
      phase = String(execution.closure?.phase ?? 'UNDEFINED');
      return ended.includes(phase) ? execution.closure : undefined;
    }).catch((error: unknown) => {
      throw phase === undefined || !context.signal?.aborted
        ? error
        : new Error(`execution ${id.name} is still ${phase}`);
    });
    if (phase === 'SUCCEEDED') return { id, closure: closure! };
    throw new Error(`execution ${id.name} ${phase}${closure?.error?.message ? `: ${closure.error.message}` : ''}`);
  } finally {
    if (phase === undefined || !ended.includes(phase)) {
      // The check is over already; that it could not be ended is no other failure.
      await admin.terminateExecution(id, 'the smoke check is over').catch(() => undefined);
    }
  }
}

/** Ten hexadecimal digits. */
function digest(run: string): string {
  return createHash('sha256').update(run).digest('hex').slice(0, 10);
}
