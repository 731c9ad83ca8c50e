import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from './fileLock.js';
import { type LockedProvider, lockedProviders, lockFileName } from './lockFile.js';
import { Terraform } from './Terraform.js';
import { terraformEnvironment } from './terraformEnvironment.js';

/**
 * Unpacked providers, one folder a version, shared by every workspace of this machine: `init` links to them instead of
 * downloading or copying 700 MB. Terraform's own plugin cache is documented as unsafe for several inits at once, so a
 * version is installed apart, under a lock, and moved here whole by one rename.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
export class ProviderMirror {
  readonly #home: string;
  readonly #program: string;
  readonly #baseConfig: string | undefined;

  /**
   * @param options.home folder of Hangar; the mirror is `providers/` in it
   * @param options.baseConfig CLI configuration by which versions are installed that the mirror lacks (mirrors, proxies);
   * without one they come from the registry
   */
  constructor(options: { readonly home: string; readonly program: string; readonly baseConfig?: string }) {
    this.#home = options.home;
    this.#program = options.program;
    this.#baseConfig = options.baseConfig;
  }

  /**
   * Makes sure that the mirror holds every provider of a lock file, and gives the CLI configuration to init with.
   * Checksums are terraform's business: each `init` verifies them against the lock file.
   * @param lockFile text of `.terraform.lock.hcl`; without one there is nothing to mirror and the base is given
   * @param options.onInstall told in words what is installed, when something is
   * @throws HGR-309 when a provider cannot be installed
   */
  async prepare(
    lockFile: string | undefined,
    options: { readonly signal?: AbortSignal; readonly onInstall?: (what: string) => void } = {},
  ): Promise<string | undefined> {
    const providers = lockFile === undefined ? [] : lockedProviders(lockFile);
    if (lockFile === undefined || providers.length === 0) return this.#baseConfig;
    const missing = await this.#missing(providers);
    if (missing.length > 0) {
      const { signal, onInstall } = options;
      onInstall?.(missing.map(({ address, version }) => `${address} ${version}`).join(', '));
      await withFileLock(join(this.#home, 'providers.lock'), () => this.#fill(providers, lockFile, signal), signal);
    }
    const config = join(this.#home, 'terraform.tfrc');
    // Written by a rename: another init may be reading it.
    const fresh = `${config}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await writeFile(
      fresh,
      `provider_installation {\n  filesystem_mirror {\n    path = ${quote(this.#folder)}\n  }\n}\n`,
    );
    await rename(fresh, config);
    return config;
  }

  get #folder(): string {
    return join(this.#home, 'providers');
  }

  #versionFolder({ address, version }: LockedProvider): string {
    return join(this.#folder, ...address.split('/'), version);
  }

  async #missing(providers: readonly LockedProvider[]): Promise<LockedProvider[]> {
    const there = await Promise.all(providers.map((provider) => resolves(this.#versionFolder(provider))));
    return providers.filter((_, index) => !there[index]);
  }

  /** Installs what is missing in a folder apart and moves it in. */
  async #fill(providers: readonly LockedProvider[], lockFile: string, signal?: AbortSignal): Promise<void> {
    const missing = await this.#missing(providers);
    if (missing.length === 0) return;
    // What a process left that was killed while it installed: hundreds of megabytes.
    for (const name of await readdir(this.#home)) {
      const path = join(this.#home, name);
      if (name.startsWith(installPrefix) && Date.now() - (await stat(path)).mtimeMs > abandonedMs) {
        await rm(path, { recursive: true, force: true });
      }
    }
    const folder = await mkdtemp(join(this.#home, installPrefix));
    try {
      const required = Object.fromEntries(
        missing.map(({ address, version }, index) => [`p${index}`, { source: address, version }]),
      );
      await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
      await writeFile(join(folder, lockFileName), lockFile);
      const terraform = new Terraform({
        program: this.#program,
        directory: folder,
        environment: terraformEnvironment({ cloud: {}, cliConfig: this.#baseConfig }),
        signal,
      });
      await terraform.run(['init', '-json', '-input=false', '-backend=false']);
      for (const provider of missing) {
        const target = this.#versionFolder(provider);
        await mkdir(join(target, '..'), { recursive: true });
        const source = join(folder, '.terraform', 'providers', ...provider.address.split('/'), provider.version);
        // One that no longer resolves: links into a mirror that is gone.
        await rm(target, { recursive: true, force: true });
        await rename(source, target);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

const installPrefix = 'install-';
/** No installation takes that long. */
const abandonedMs = 3_600_000;

/** Whether a version's folder is there with a package for some platform behind it. */
async function resolves(folder: string): Promise<boolean> {
  try {
    const platforms = await readdir(folder);
    await Promise.all(platforms.map((platform) => access(join(folder, platform))));
    return platforms.length > 0;
  } catch {
    return false;
  }
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
