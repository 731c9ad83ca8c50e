import { Connection } from '@temporalio/client';
import { searchAttributes } from '../../src/graph/searchAttributes.js';
import { freePort } from '../processes/freePort.js';
import type { Supervisor } from '../processes/Supervisor.js';
import type { PartStatus } from './LocalCloud.js';

/** A Temporal dev server: the real server in one process, keeping its data in memory. */
export async function startTemporal(
  supervisor: Supervisor,
  temporal: string,
): Promise<{ env: Readonly<Record<string, string>>; part: PartStatus }> {
  const [port, uiPort] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const attributes = Object.values(searchAttributes).flatMap((name) => ['--search-attribute', `${name}=Keyword`]);
  const program = await supervisor.start({
    name: 'temporal',
    command: temporal,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--ui-port',
      String(uiPort),
      ...attributes,
    ],
    ready: () => knowsDefaultNamespace(address),
  });
  const what = 'Temporal server in one process with its data in memory';
  return {
    env: { TEMPORAL_ADDRESS: address },
    part: {
      name: 'temporal',
      kind: 'real',
      what,
      address: `${address}, UI http://127.0.0.1:${uiPort}`,
      log: program.log,
    },
  };
}

async function knowsDefaultNamespace(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: '500ms' });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return true;
  } finally {
    await connection.close();
  }
}
