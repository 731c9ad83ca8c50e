import type { HangarClient } from '../client/HangarClient.js';
import { exitCodes } from '../errors/errorCodes.js';
import type { HangarError } from '../errors/HangarError.js';
import type { DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Cli } from './Cli.js';
import { ChangeLog } from './render/ChangeLog.js';
import { LiveView } from './render/LiveView.js';
import { renderTree } from './render/renderTree.js';

/**
 * Shows the work on a deployment until it ends: as a tree that is drawn over again, or as lines where there is no
 * terminal, or, with `--json`, not at all. Ctrl-C stops the showing, not the work, and says how to go on.
 * @param runId the run to follow; default: the latest
 * @returns the final status; undefined when the user detached
 */
export async function followDeployment(
  cli: Cli,
  client: HangarClient,
  name: string,
  runId?: string,
): Promise<DeploymentStatus | undefined> {
  const { watchDeployment } = await import('../client/watchDeployment.js');
  const detach = new AbortController();
  const onInterrupt = () => detach.abort();
  process.once('SIGINT', onInterrupt);
  const shower = showerFor(cli);
  const onTrouble = (trouble: HangarError) => {
    cli.hint(`${trouble.message} ${trouble.next ?? ''}`);
    shower.moved?.();
  };
  try {
    return await watchDeployment(client, name, shower.show, { signal: detach.signal, runId, onTrouble });
  } catch (error) {
    if (!detach.signal.aborted) throw error;
    const [status, cancel] = [`hangar status ${name} --watch`, `hangar cancel ${name}`];
    if (cli.json) cli.printJson({ name, detached: true, status, cancel });
    else cli.hint(`\nDetached; the work goes on. Return: ${status}. Cancel: ${cancel}`);
    cli.exitCode = exitCodes.detached;
    return undefined;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

interface Shower {
  readonly show: (status: DeploymentStatus) => void;
  /** Something else was printed in between. */
  readonly moved?: () => void;
}

function showerFor(cli: Cli): Shower {
  const { terminal, style } = cli;
  if (cli.json) return { show: () => {} };
  if (!terminal.drawable) {
    const log = new ChangeLog();
    return { show: (status) => cli.print(log.lines(status, new Date())) };
  }
  const view = new LiveView(terminal);
  return {
    show(status) {
      // One column is left free: some terminals wrap a line that is exactly as wide.
      const { columns, rows } = terminal;
      view.draw(renderTree(status, { style, now: new Date(), columns: columns - 1, rows: rows - 1 }));
    },
    moved: () => view.leave(),
  };
}
