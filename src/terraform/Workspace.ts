import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Json, TerraformBackend, TerraformProvider } from '../clouds/Cloud.js';
import { lockFileName } from './lockFile.js';
import { moduleOutputs } from './moduleOutputs.js';
import { rootModule } from './rootModule.js';

/** What a workspace is made from. */
export interface WorkspaceContent {
  readonly backend: Pick<TerraformBackend, 'type' | 'config'>;
  readonly provider?: TerraformProvider;
  /** The step's module and its input; absent: a root without the module, to destroy from the state alone. */
  readonly module?: { readonly directory: string; readonly variables: Readonly<Record<string, Json>> };
  /** Text of the module's lock file. */
  readonly lockFile?: string;
}

/**
 * A folder in which terraform works on one step in one attempt. For its owner's eyes only (mode 0700): while it lives it
 * holds the variables, the plan and terraform's output.
 */
export class Workspace {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** A fresh folder `workspaces/<label>.<pid>.<random>` below `home`. */
  static async open(home: string, label: string): Promise<Workspace> {
    const parent = join(home, 'workspaces');
    await mkdir(parent, { recursive: true });
    return new Workspace(await realpath(await mkdtemp(join(parent, `${label}.${process.pid}.`))));
  }

  get planFile(): string {
    return join(this.directory, 'step.tfplan');
  }

  /** Where terraform leaves a state that it could not save. */
  get erroredState(): string {
    return join(this.directory, 'errored.tfstate');
  }

  /** Writes the root module, the variables and the lock file; may be called again for another content. */
  async write({ backend, provider, module, lockFile }: WorkspaceContent): Promise<void> {
    const root = rootModule({
      backend,
      provider,
      module: module && {
        // Relative, so that terraform uses the folder where it is instead of copying it.
        source: localSource(relative(this.directory, await realpath(module.directory))),
        variables: Object.keys(module.variables),
        outputs: await moduleOutputs(module.directory),
      },
    });
    await this.#file('main.tf.json', JSON.stringify(root));
    await this.#file('terraform.tfvars.json', JSON.stringify(module?.variables ?? {}));
    if (lockFile !== undefined) await this.#file(lockFileName, lockFile);
  }

  /** The state that terraform could not save; undefined when it saved it. */
  async readErroredState(): Promise<string | undefined> {
    return readFile(this.erroredState, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  /** Removes the folder with all that is in it. */
  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  #file(name: string, text: string): Promise<void> {
    return writeFile(join(this.directory, name), text, { mode: 0o600 });
  }
}

function localSource(path: string): string {
  return path.startsWith('.') ? path : `./${path}`;
}

/** The lock file beside a module; undefined when it has none. */
export async function readLockFile(moduleDirectory: string): Promise<string | undefined> {
  return readFile(join(moduleDirectory, lockFileName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
