import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const require = createRequire(import.meta.url);
/** The folder that holds `workflows/` and `src/`: `dist/` in a build, the repository under a test runner. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a build is of: the workflows' entry, the file to write, and the folders whose files the bundle is made from. */
export interface BundleFiles {
  readonly entry: string;
  readonly bundle: string;
  readonly sources: readonly string[];
}

/** The files of this code itself, built or not; by default a worker loads the bundle from `bundle`. */
export function bundleFiles(bundle = path.join(root, 'workflow-bundle.js')): BundleFiles {
  return {
    entry: path.join(root, `workflows/index${path.extname(fileURLToPath(import.meta.url))}`),
    bundle,
    sources: ['workflows', 'src/spec', 'src/graph', 'src/errors'].map((folder) => path.join(root, folder)),
  };
}

/**
 * Bundles the workflows ahead of time, so that a worker starts without webpack. Does nothing while the sources, and the
 * versions of what they import, are those of the bundle that is there.
 * @returns whether a bundle was written
 */
export async function buildBundle(files: BundleFiles = bundleFiles()): Promise<boolean> {
  const stamp = `${files.bundle}.sha256`;
  const hash = await hashOf(files);
  const [known, bundle] = await Promise.all([readOrNothing(stamp), readOrNothing(files.bundle)]);
  if (known === hash && bundle !== undefined) return false;
  const { code } = await bundleWorkflowCode({
    workflowsPath: files.entry,
    logger: quiet,
    // Sources import each other as `.js`; under a test runner they are `.ts`.
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
    }),
  });
  await mkdir(path.dirname(files.bundle), { recursive: true });
  await writeWhole(files.bundle, code);
  await writeWhole(stamp, hash);
  return true;
}

async function hashOf({ entry, sources }: BundleFiles): Promise<string> {
  const hash = createHash('sha256').update(path.basename(entry));
  for (const name of ['@temporalio/workflow', '@temporalio/worker', 'zod']) {
    hash.update(`${name} ${require(`${name}/package.json`).version}\n`);
  }
  for (const folder of sources) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.d)\.(js|ts)$/.test(name)).sort();
    for (const name of names) hash.update(`${name}\n`).update(await readFile(path.join(folder, name)));
  }
  return hash.digest('hex');
}

async function readOrNothing(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(() => undefined);
}

/** A worker that starts meanwhile reads the old file or the new one, never half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}

const nothing = () => {};
const quiet = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { bundle } = bundleFiles();
  const written = await buildBundle();
  process.stdout.write(written ? `wrote ${bundle}\n` : `${bundle} is up to date\n`);
}
