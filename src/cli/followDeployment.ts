import type { HangarClient } from '../client/HangarClient.js';
import { exitCodes } from '../errors/errorCodes.js';
import type { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Cli } from './Cli.js';
import { ChangeLog } from './render/ChangeLog.js';
import { LiveView } from './render/LiveView.js';
import { renderTree } from './render/renderTree.js';

/** How to follow; defaults: the latest run, in text. */
export interface FollowOptions {
  readonly runId?: string;
  /** Print nothing on the way. */
  readonly quiet?: boolean;
}

/**
 * Shows the work on a deployment until it ends: as a tree that is drawn over again, or as lines where there is no
 * terminal. Ctrl-C stops the showing, not the work, and says how to go on.
 * @returns the final status; undefined when the user detached
 */
export async function followDeployment(
  cli: Cli,
  client: HangarClient,
  name: string,
  { runId, quiet = false }: FollowOptions = {},
): Promise<DeploymentStatus | undefined> {
  const { watchDeployment } = await import('../client/watchDeployment.js');
  const detach = new AbortController();
  const onInterrupt = () => detach.abort();
  process.once('SIGINT', onInterrupt);
  const show = quiet ? () => {} : shower(cli);
  const onTrouble = (trouble: HangarError) => cli.hint(`${trouble.message} ${trouble.next ?? ''}`);
  try {
    return await watchDeployment(client, name, show, { signal: detach.signal, runId, onTrouble });
  } catch (error) {
    if (!detach.signal.aborted) throw error;
    cli.hint(`\nDetached; the work goes on. Return: hangar status ${name} --watch. Cancel: hangar cancel ${name}`);
    cli.exitCode = exitCodes.detached;
    return undefined;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function shower(cli: Cli): (status: DeploymentStatus) => void {
  const { terminal, style } = cli;
  if (!terminal.drawable) {
    const log = new ChangeLog();
    return (status) => cli.print(log.lines(status, new Date()));
  }
  const view = new LiveView(terminal);
  // One column is left free: some terminals wrap a line that is exactly as wide.
  return (status) => {
    const { columns, rows } = terminal;
    view.draw(renderTree(status, { style, now: new Date(), columns: columns - 1, rows: rows - 1 }));
  };
}
