import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Json, TerraformBackend, TerraformProvider } from '../clouds/Cloud.js';
import { lockFileName } from './lockFile.js';
import { moduleOutputs } from './moduleOutputs.js';
import { type ProcessIdentity, thisProcess } from './processIdentity.js';
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

/** Who works in a workspace: written into it. */
export interface WorkspaceOwner {
  readonly process: ProcessIdentity;
  /** The step it is for. */
  readonly label: string;
  /** Given up by its owner although that lives: only an unsaved state is left in it. */
  readonly abandoned?: boolean;
}

export const ownerFileName = 'owner.json';
/** Terraform's own name for it. */
export const erroredStateName = 'errored.tfstate';

/**
 * A folder in which terraform works on one step in one attempt. For its owner's eyes only (mode 0700): while it lives it
 * holds the variables, the plan and terraform's output.
 */
export class Workspace {
  readonly directory: string;
  readonly #owner: WorkspaceOwner;

  private constructor(directory: string, owner: WorkspaceOwner) {
    this.directory = directory;
    this.#owner = owner;
  }

  /** A fresh folder below `home`. @param label the step it is for: see stepLabel */
  static async open(home: string, label: string): Promise<Workspace> {
    const parent = join(home, 'workspaces');
    await mkdir(parent, { recursive: true });
    const directory = await realpath(await mkdtemp(join(parent, `${label.split('/').slice(-2).join('.')}.`)));
    const workspace = new Workspace(directory, { process: thisProcess(), label });
    await workspace.#file(ownerFileName, JSON.stringify(workspace.#owner));
    return workspace;
  }

  get planFile(): string {
    return join(this.directory, 'step.tfplan');
  }

  /** Where terraform leaves a state that it could not save. */
  get erroredState(): string {
    return join(this.directory, erroredStateName);
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

  /** Removes all but a state that could not be saved anywhere: the next attempt on this machine saves it. */
  async abandon(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (name !== erroredStateName && name !== ownerFileName) {
        await rm(join(this.directory, name), { recursive: true, force: true });
      }
    }
    await this.#file(ownerFileName, JSON.stringify({ ...this.#owner, abandoned: true }));
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
