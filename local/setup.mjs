// Makes a fresh clone ready: packages, build, workflow bundle, tools. Run by `npm run build`, `demo` and `test`; uses
// nothing but Node itself, because nothing else is there yet. Does only what is needed and is quiet when nothing is.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const signatureFile = join(dist, '.build-signature');
const sourceFolders = ['src', 'workflows', 'activities', 'local', 'test', 'bench'];
const say = (text) => process.stderr.write(`${text}\n`);

class SetupError extends Error {}

try {
  checkNode();
  if (!packagesInstalled()) await timed('Installing packages (npm ci)', () => run('npm', ['ci'], { quiet: true }));
  const signature = sourceSignature();
  if (signature !== readText(signatureFile)) {
    await timed('Compiling', () => run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]));
    removeStaleOutput();
    await buildWorkflowBundle();
    writeFileSync(signatureFile, signature);
  }
  if (!process.argv.includes('--no-tools')) await run(process.execPath, [join(dist, 'local/tools/install.js')]);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 3;
}

function checkNode() {
  const { engines } = readJson(join(root, 'package.json'));
  const wanted = engines.node.replace('>=', '').split('.').map(Number);
  const actual = process.versions.node.split('.').map(Number);
  const place = wanted.findIndex((part, index) => part !== actual[index]);
  if (place !== -1 && actual[place] < wanted[place]) {
    throw new SetupError(`HGR-802 Node ${process.versions.node} is too old\nNext: Install Node ${engines.node}`);
  }
}

/** Whether node_modules holds what the lock file names; npm notes in a hidden lock file what it has put there. */
function packagesInstalled() {
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const there = readJson(join(root, 'node_modules/.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted).every(
    // Optional ones are for other platforms where they are missing.
    ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
  );
}

/** Changes whenever a source file comes, goes or changes, or the compiler does. */
function sourceSignature() {
  const hash = createHash('sha256');
  for (const file of ['tsconfig.json', 'package-lock.json']) hash.update(readText(join(root, file)) ?? '');
  for (const folder of sourceFolders) {
    for (const file of filesIn(join(root, folder), /\.(ts|json)$/)) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${relative(root, file)} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex');
}

/** The compiler leaves what it made of sources that are gone. */
function removeStaleOutput() {
  for (const folder of sourceFolders) {
    for (const file of filesIn(join(dist, folder), /\.js$/)) {
      const source = join(root, relative(dist, file)).replace(/\.js$/, '.ts');
      if (existsSync(source)) continue;
      for (const ending of ['.js', '.js.map', '.d.ts']) rmSync(file.replace(/\.js$/, ending), { force: true });
    }
  }
}

async function buildWorkflowBundle() {
  const builder = join(dist, 'src/worker/buildBundle.js');
  if (!existsSync(builder)) return;
  const { buildBundle } = await import(pathToFileURL(builder).href);
  await timed('Bundling the workflows', buildBundle);
}

/** Below a folder, sorted, without the folders that hold no sources; none where there is no such folder. */
function filesIn(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function timed(what, work) {
  const began = Date.now();
  say(`${what} …`);
  await work();
  say(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Runs a program in this terminal; a quiet one shows what it printed only when it fails. */
function run(command, args, { quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.once('error', (error) => reject(new SetupError(`${command} cannot be run: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new SetupError(`${output}${[command, ...args].join(' ')} ended with code ${code}`));
    });
  });
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}
