import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StateStore } from '../clouds/StateStore.js';
import { HangarError } from '../errors/HangarError.js';
import { deadWorkspaces } from './deadWorkspaces.js';
import { pushState } from './pushState.js';
import type { StepRun } from './StepRun.js';

/** Waits between tries to save a state, in seconds. */
const retrySeconds = [1, 3, 9, 27];

/**
 * Saves the state that terraform could not save, at once and stubbornly: nothing else knows what was made.
 * Failing that a copy goes into the bucket under another key; failing that too it stays in the workspace.
 * @returns whether the workspace may be removed
 */
export async function saveErroredState(
  run: StepRun,
  store: StateStore,
  copyKey: string,
  waits: readonly number[] = retrySeconds,
): Promise<boolean> {
  const state = await run.workspace.readErroredState();
  if (state === undefined) return true;
  for (const wait of [0, ...waits]) {
    await delay(wait * 1000);
    try {
      await pushState(run.terraform, run.workspace.erroredState);
      return true;
    } catch {
      // The next try, or the copy below; the apply's own error is the one told.
    }
  }
  return store.put(copyKey, state).then(
    () => true,
    () => false,
  );
}

/**
 * Saves the states that earlier attempts could not save: a copy in the bucket, and those in dead workspaces of this machine.
 * @returns what was done, in words
 */
export async function saveEarlierStates(
  run: StepRun,
  store: StateStore,
  copyKey: string,
  where: { readonly home: string; readonly label: string },
): Promise<string[]> {
  const notes: string[] = [];
  const copy = await store.get(copyKey);
  if (copy) {
    notes.push(await push(run, copy.body));
    await store.delete(copyKey);
  }
  for (const { directory, unsaved, terraform } of await deadWorkspaces(where.home, where.label)) {
    if (terraform !== undefined) continue;
    if (unsaved) notes.push(await push(run, await readFile(join(directory, 'errored.tfstate'), 'utf8')));
    await rm(directory, { recursive: true, force: true });
  }
  return notes;
}

/** @throws when the state could not be saved for a reason that may pass */
async function push(run: StepRun, state: string): Promise<string> {
  const path = join(run.workspace.directory, 'earlier.tfstate');
  await writeFile(path, state, { mode: 0o600 });
  try {
    await pushState(run.terraform, path);
    return 'saved the state that an earlier attempt could not save';
  } catch (error) {
    // The bucket has gone on since: what that state knew more is found by tag.
    if (error instanceof HangarError && /newer state|unrelated state|different lineage/i.test(error.message)) {
      return 'an earlier attempt left a state that is out of date by now: passed over';
    }
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}
