import type { HangarClient } from '../client/HangarClient.js';
import { HangarError } from '../errors/HangarError.js';
import type { Cli } from './Cli.js';

/**
 * Runs `work` with a connection to Temporal and closes it. The client is loaded only here: it takes half a second that
 * `hangar help` and `hangar validate` need not wait.
 * @throws HangarError HGR-601 when Temporal cannot be reached
 */
export async function withClient<T>(cli: Cli, work: (client: HangarClient) => Promise<T>): Promise<T> {
  const settings = await cli.settings();
  const { connect } = await import('../client/connect.js');
  const client = await connect(settings);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/**
 * As {@link withClient}, for what the state bucket can answer too: where Temporal cannot be reached, `work` gets no
 * client, and its own error gives way to that of Temporal.
 */
export async function withClientIfReachable<T>(
  cli: Cli,
  work: (client: HangarClient | undefined) => Promise<T>,
): Promise<T> {
  let connected = false;
  try {
    return await withClient(cli, async (client) => {
      connected = true;
      return await work(client);
    });
  } catch (error) {
    if (connected || !(error instanceof HangarError) || error.code !== 'HGR-601') throw error;
    const result = await work(undefined);
    cli.hint(`Temporal cannot be reached (${error.resource}); this is what the state bucket tells.`);
    return result;
  }
}
