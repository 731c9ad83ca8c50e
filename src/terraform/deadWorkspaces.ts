import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasEnded, isAlive, type ProcessIdentity, thisProcess } from './processIdentity.js';
import { erroredStateName, ownerFileName, type WorkspaceOwner } from './Workspace.js';

/** A workspace that nobody works with any more. */
export interface DeadWorkspace {
  readonly directory: string;
  /** A terraform that its dead worker has left running in it. */
  readonly terraform?: number;
  /** Terraform has left a state in it that it could not save. */
  readonly unsaved: boolean;
}

/** Where this machine cannot tell whether the owner lives (a shared folder), this age settles it; no step takes so long. */
const maximumAgeMs = 24 * 3_600_000;

/**
 * Workspaces whose worker has died or has given them up.
 * @param label only those of one step: see stepLabel
 */
export async function deadWorkspaces(home: string, label?: string): Promise<DeadWorkspace[]> {
  const parent = join(home, 'workspaces');
  const names = await readdir(parent).catch(() => []);
  const found = await Promise.all(names.map((name) => inspect(join(parent, name), label)));
  return found.filter((workspace) => workspace !== undefined);
}

/** Removes dead workspaces, but for those where terraform still works or has left a state unsaved. */
export async function sweepDeadWorkspaces(home: string): Promise<void> {
  for (const { directory, terraform, unsaved } of await deadWorkspaces(home)) {
    if (terraform === undefined && !unsaved) await rm(directory, { recursive: true, force: true });
  }
}

async function inspect(directory: string, label: string | undefined): Promise<DeadWorkspace | undefined> {
  const owner = await readOwner(directory);
  if (!owner || (label !== undefined && owner.label !== label)) return undefined;
  const age = await stat(directory).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (!owner.abandoned && !hasEnded(owner.process) && age < maximumAgeMs) return undefined;
  const [terraform, unsaved] = await Promise.all([
    terraformIn(directory, owner.process),
    stat(join(directory, erroredStateName)).then(
      () => true,
      () => false,
    ),
  ]);
  return { directory, unsaved, ...(terraform === undefined ? {} : { terraform }) };
}

async function readOwner(directory: string): Promise<WorkspaceOwner | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, ownerFileName), 'utf8')) as WorkspaceOwner;
  } catch {
    // Being made at this moment, or being removed.
    return undefined;
  }
}

async function terraformIn(directory: string, owner: ProcessIdentity): Promise<number | undefined> {
  // Process numbers of another machine mean nothing here.
  if (owner.machine !== thisProcess().machine) return undefined;
  const runs = (await readdir(directory).catch(() => [])).filter((name) => name.startsWith('.run-'));
  for (const run of runs) {
    const pid = Number(await readFile(join(directory, run, 'pid'), 'utf8').catch(() => ''));
    if (pid > 0 && isAlive(pid) && (await worksIn(pid, directory))) return pid;
  }
  return undefined;
}

/** Tells a terraform from a later process of the same number by its working folder, where the system shows that. */
async function worksIn(pid: number, directory: string): Promise<boolean> {
  return readlink(`/proc/${pid}/cwd`).then(
    (folder) => folder === directory,
    () => true,
  );
}
