import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HangarError } from '../../src/errors/HangarError.js';
import { findExisting } from './findExisting.js';
import { nodePlatform } from './platform.js';
import type { Tool, ToolName, ToolPaths, ToolProgress } from './Tool.js';
import { toolsFolder, withLock } from './toolCache.js';
import { toolTable } from './toolTable.js';

/** What the demo and the tests of the product need; the rest is for checks of the repository. */
export const everydayTools: readonly ToolName[] = toolTable.filter((tool) => !tool.checksOnly).map((tool) => tool.name);

/**
 * Finds or installs tools, independent ones at the same time.
 * @param names default: all but those for checks of the repository
 * @param table for tests
 * @throws HGR-803 naming every source that was tried and why it failed
 */
export async function installTools<Name extends ToolName = ToolName>(
  names: readonly Name[] = everydayTools as readonly Name[],
  onProgress: (progress: ToolProgress) => void = () => undefined,
  table: readonly Tool[] = toolTable,
): Promise<Pick<ToolPaths, Name>> {
  const started = new Map<ToolName, Promise<string>>();
  const get = (name: ToolName): Promise<string> => {
    let path = started.get(name);
    if (!path) {
      path = installTool(toolNamed(name, table), get, (message, fraction) =>
        onProgress({ tool: name, message, fraction }),
      );
      started.set(name, path);
    }
    return path;
  };
  const results = await Promise.allSettled(names.map(get));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(names.map((name, index) => [name, (results[index] as { value: string }).value])) as Pick<
    ToolPaths,
    Name
  >;
}

function toolNamed(name: ToolName, table: readonly Tool[]): Tool {
  const tool = table.find((each) => each.name === name);
  if (!tool) throw new HangarError('HGR-901', `The tools table has no ${name}`);
  return tool;
}

type Report = (message: string, fraction?: number) => void;

async function installTool(tool: Tool, get: (name: ToolName) => Promise<string>, report: Report): Promise<string> {
  const tried: string[] = [];
  if (tool.existing) {
    const found = await findExisting(tool.existing);
    if (found.path !== undefined) return tool.name === 'terraform-provider-aws' ? mirrorOf(found.path) : found.path;
    tried.push(...found.rejected);
  }
  const tools: Partial<ToolPaths> = {};
  // What is needed only to build is fetched only to build, unless it decides which build it is.
  const needs = async () => {
    for (const name of tool.needs ?? []) tools[name] = await get(name);
  };
  if (tool.fingerprint) await needs();
  const version = tool.fingerprint ? `${tool.version}-${await tool.fingerprint(tools)}` : tool.version;
  const folder = join(toolsFolder(), tool.name, version);
  const path = resolve(folder, tool.path);
  if (existsSync(folder)) return path;

  return withLock(
    `${folder}.lock`,
    () => report('another process is installing it'),
    async () => {
      if (existsSync(folder)) return path;
      const began = Date.now();
      for (const source of tool.sources) {
        if (source.platforms && !source.platforms.includes(nodePlatform)) continue;
        const partial = `${folder}.partial`;
        try {
          await needs();
          report(`${tool.version} from ${source.description}`);
          await rm(partial, { recursive: true, force: true });
          await mkdir(partial, { recursive: true });
          await source.install({ folder: partial, tools, report });
          if (!existsSync(resolve(partial, tool.path))) throw new Error(`it holds no ${tool.path}`);
          await mkdir(dirname(folder), { recursive: true });
          await rename(partial, folder);
          report(`ready after ${Math.round((Date.now() - began) / 1000)} s`, 1);
          return path;
        } catch (error) {
          await rm(partial, { recursive: true, force: true });
          tried.push(`${source.description}: ${shortReason(error)}`);
          report(`not from ${source.description}: ${shortReason(error)}`);
        }
      }
      throw new HangarError(
        'HGR-803',
        `${tool.name} ${tool.version} could not be installed. Tried: ${tried.join('; ')}`,
        {
          resource: tool.name,
          next: `Install ${tool.name} ${tool.existing?.accepts?.text ?? tool.version} yourself and put it on the PATH, or give this machine access to one of these sources`,
        },
      );
    },
  );
}

/** `<mirror>/registry.terraform.io/hashicorp/aws/<version>/<platform>` → `<mirror>`. */
function mirrorOf(packageFolder: string): string {
  return resolve(packageFolder, '../../../../..');
}

function shortReason(error: unknown): string {
  const { shortMessage, stderr, message } = error as { shortMessage?: string; stderr?: string; message?: string };
  const text = shortMessage ? `${shortMessage} ${lastLine(stderr)}` : (message ?? String(error));
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 400);
}

function lastLine(text: string | undefined): string {
  return text?.trim().split('\n').at(-1) ?? '';
}
