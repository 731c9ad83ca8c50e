import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadFile } from '../../../local/tools/downloadFile.js';
import { installTools } from '../../../local/tools/installTools.js';
import type { Source } from '../../../local/tools/sources/Source.js';
import type { Tool, ToolProgress } from '../../../local/tools/Tool.js';
import { withLock } from '../../../local/tools/toolCache.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-tools-'));
  vi.stubEnv('HANGAR_CACHE', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const broken = (description: string): Source => ({
  description,
  install: () => Promise.reject(new Error(`${description} is out of reach`)),
});

function working(onInstall: () => void = () => undefined): Source {
  return {
    description: 'a working source',
    async install({ folder: target }) {
      onInstall();
      await sleep(100);
      await writeFile(join(target, 'helm'), 'installed');
    },
  };
}

const helm = (sources: readonly Source[], more: Partial<Tool> = {}): Tool => ({
  name: 'helm',
  version: '4.1.4',
  purpose: 'for a test',
  path: 'helm',
  sources,
  ...more,
});

describe('installTools', () => {
  it('goes on to the next source and tells so', async () => {
    const told: ToolProgress[] = [];
    const paths = await installTools(['helm'], (each) => told.push(each), [helm([broken('first'), working()])]);
    expect(await readFile(paths.helm, 'utf8')).toBe('installed');
    expect(told.map(({ message }) => message).join('\n')).toMatch(/not from first: first is out of reach[\s\S]*ready/);
  });

  it('installs nothing that is there already', async () => {
    let installs = 0;
    const table = [helm([working(() => installs++)])];
    await installTools(['helm'], undefined, table);
    await installTools(['helm'], undefined, table);
    expect(installs).toBe(1);
  });

  it('installs once when two ask at once', async () => {
    let installs = 0;
    const table = [helm([working(() => installs++)])];
    const [left, right] = await Promise.all([
      installTools(['helm'], undefined, table),
      installTools(['helm'], undefined, table),
    ]);
    expect(installs).toBe(1);
    expect(left).toEqual(right);
  });

  it('names every source that was tried, and leaves nothing half done', async () => {
    const wanted = installTools(['helm'], undefined, [helm([broken('first'), broken('second')])]);
    await expect(wanted).rejects.toMatchObject({ code: 'HGR-803', resource: 'helm' });
    await expect(wanted).rejects.toThrow(/first is out of reach.*second is out of reach/);
    expect(await readdir(join(folder, 'tools/helm'))).toEqual([]);
  });

  it('refuses a source that does not bring the program', async () => {
    const empty: Source = { description: 'an empty source', install: async () => undefined };
    await expect(installTools(['helm'], undefined, [helm([empty])])).rejects.toThrow(/it holds no helm/);
  });

  it('takes a program that is there and fits, and says why one does not', async () => {
    await mkdir(join(folder, 'bin'));
    const program = join(folder, 'bin/helm');
    await writeFile(program, '#!/bin/sh\necho v3.9.0\n');
    await chmod(program, 0o755);
    const existing = {
      candidates: () => [program],
      versionArguments: ['version'],
      versionPattern: /v([\d.]+)/,
    };
    const old = { ...existing, accepts: { text: '4', test: (version: string) => version.startsWith('4.') } };
    const fits = { ...existing, accepts: { text: '3', test: (version: string) => version.startsWith('3.') } };
    expect((await installTools(['helm'], undefined, [helm([], { existing: fits })])).helm).toBe(program);
    await expect(installTools(['helm'], undefined, [helm([broken('first')], { existing: old })])).rejects.toThrow(
      /is 3\.9\.0, not 4/,
    );
  });
});

describe('withLock', () => {
  it('takes over the lock of a process that is gone', async () => {
    const lock = join(folder, 'a.lock');
    await writeFile(lock, '1 not-the-start-time-of-process-1');
    expect(
      await withLock(
        lock,
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('downloadFile', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((_request, response) => response.end('content'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
  });
  afterEach(() => server.close());

  it('keeps a file whose checksum fits', async () => {
    const sha256 = createHash('sha256').update('content').digest('hex');
    await downloadFile(url, join(folder, 'file'), { sha256, report: () => undefined });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('content');
  });

  it('refuses one whose checksum does not', async () => {
    const download = downloadFile(url, join(folder, 'file'), { sha256: '0'.repeat(64), report: () => undefined });
    await expect(download).rejects.toThrow(/has SHA-256 [0-9a-f]{64}, not 0{64}/);
  });
});
