import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { freePort } from '../../local/processes/freePort.js';
import { installTools } from '../../local/tools/installTools.js';

/** A Temporal dev server of a test's own: the real server, keeping its data in memory. */
export interface TemporalServer {
  readonly address: string;
  /** The `temporal` program. */
  readonly program: string;
  stop(): Promise<void>;
}

export async function startTemporalServer(): Promise<TemporalServer> {
  const { temporal: program } = await installTools(['temporal']);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'error',
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  await untilReady(address, child);
  return {
    address,
    program,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function untilReady(address: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '500ms' });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
