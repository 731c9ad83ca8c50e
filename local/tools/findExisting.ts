import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import type { ExistingTool } from './Tool.js';

/** A tool found on the machine, or why the ones found will not do. */
export type Finding = { path: string; version?: string } | { path?: undefined; rejected: string[] };

/** Looks for a tool that is already there and fits. */
export async function findExisting(existing: ExistingTool): Promise<Finding> {
  const rejected: string[] = [];
  for (const candidate of existing.candidates()) {
    const path = await resolve(candidate);
    if (!path) continue;
    if (!existing.versionArguments) return { path };
    const version = await versionOf(path, existing);
    if (version === undefined) rejected.push(`${path} does not tell its version`);
    else if (existing.accepts && !existing.accepts.test(version)) {
      rejected.push(`${path} is ${version}, not ${existing.accepts.text}`);
    } else return { path, version };
  }
  return { rejected };
}

async function resolve(candidate: string): Promise<string | undefined> {
  const places = isAbsolute(candidate)
    ? [candidate]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, candidate));
  for (const place of places) {
    const there = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  return undefined;
}

async function versionOf(path: string, existing: ExistingTool): Promise<string | undefined> {
  const env = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  const { stdout } = await execa(path, existing.versionArguments!, { env, reject: false, timeout: 20_000 });
  return existing.versionPattern?.exec(stdout)?.[1];
}
