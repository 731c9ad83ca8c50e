import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { freePort } from '../processes/freePort.js';
import type { RunningProgram, Supervisor } from '../processes/Supervisor.js';

/** A running AWS emulator. */
export interface Moto {
  /** `http://127.0.0.1:PORT`: what AWS_ENDPOINT_URL takes. */
  readonly endpoint: string;
  readonly program: RunningProgram;
}

/**
 * Starts moto, the AWS emulator: account 123456789012, any credentials, nothing kept after it ends.
 * @param python a Python that has moto
 * @throws HGR-804 when it does not start
 */
export async function startMoto(supervisor: Supervisor, python: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const program = await supervisor.start({
    name: 'moto',
    command: python,
    args: [join(packageRoot, 'local/moto/server.py'), String(port)],
    env: {
      // The policies that AWS manages, which the roles of an EKS cluster take.
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    ready: async () => (await fetch(`${endpoint}/moto-api/`)).ok,
  });
  return { endpoint, program };
}
