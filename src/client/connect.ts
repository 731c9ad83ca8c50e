import { Client, Connection } from '@temporalio/client';
import type { Settings } from '../settings/Settings.js';
import type { HangarClient } from './HangarClient.js';
import { temporalError } from './temporalError.js';

const connectTimeoutMs = 5_000;
const namespaceTimeoutMs = 4_000;

/**
 * Connects to Temporal and makes sure that the namespace is there.
 * @throws HangarError HGR-601 within 10 s, with the address
 */
export async function connect(settings: Settings): Promise<HangarClient> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({
      address: settings.temporalAddress,
      tls: settings.temporalTls || settings.temporalApiKey !== undefined,
      ...(settings.temporalApiKey ? { apiKey: settings.temporalApiKey } : {}),
      connectTimeout: connectTimeoutMs,
    });
    const { workflowService } = connection;
    await connection.withDeadline(Date.now() + namespaceTimeoutMs, () =>
      workflowService.describeNamespace({ namespace: settings.temporalNamespace }),
    );
  } catch (error) {
    await connection?.close();
    throw temporalError(error, settings);
  }
  const open = connection;
  const temporal = new Client({ connection: open, namespace: settings.temporalNamespace });
  return { temporal, connection: open, settings, close: () => open.close() };
}
