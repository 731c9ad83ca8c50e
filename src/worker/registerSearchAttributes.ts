import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import { HangarError } from '../errors/HangarError.js';
import { searchAttributes } from '../graph/searchAttributes.js';

/** temporal.api.enums.v1.IndexedValueType: https://github.com/temporalio/api/blob/master/temporal/api/enums/v1/common.proto */
const INDEXED_VALUE_TYPE_KEYWORD = 2;
const waitMs = 60_000;

/**
 * Registers the search attributes that the namespace lacks, and waits until the server takes them: a workflow that sets
 * an unknown one would hang.
 * @throws HangarError HGR-613 when they cannot be registered
 */
export async function registerSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const names = Object.values(searchAttributes);
  const missing = await missingAttributes(connection, namespace, names);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
    });
  } catch (error) {
    // Another worker may have been faster.
    if ((await missingAttributes(connection, namespace, names)).length > 0)
      throw notRegistered(namespace, missing, error);
  }
  await untilTaken(connection, namespace, missing);
}

async function missingAttributes(connection: NativeConnection, namespace: string, names: string[]): Promise<string[]> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return names.filter((name) => customAttributes?.[name] !== INDEXED_VALUE_TYPE_KEYWORD);
  } catch (error) {
    throw notRegistered(namespace, names, error);
  }
}

/** Servers learn of new attributes with a delay; one that knows them accepts a query over them. */
async function untilTaken(connection: NativeConnection, namespace: string, names: string[]): Promise<void> {
  const query = names.map((name) => `${name} = 'none'`).join(' AND ');
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace, query });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw notRegistered(namespace, names, error);
      await sleep(250);
    }
  }
}

function notRegistered(namespace: string, names: string[], cause: unknown): HangarError {
  const flags = names.map((name) => `--name ${name} --type Keyword`).join(' ');
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HangarError('HGR-613', `Search attributes of namespace ${namespace} could not be registered: ${reason}`, {
    resource: namespace,
    next: `Have an administrator run: temporal operator search-attribute create --namespace ${namespace} ${flags}`,
    cause,
  });
}
