const prefix = 'flyte/';

/** The workflow id that is the mutex of a deployment: whatever changes it runs under this id. */
export function deploymentWorkflowId(name: string): string {
  return `${prefix}${name}`;
}

/** The deployment that a workflow id is the mutex of; undefined for other ids. */
export function deploymentOfWorkflowId(workflowId: string): string | undefined {
  return workflowId.startsWith(prefix) ? workflowId.slice(prefix.length) : undefined;
}
