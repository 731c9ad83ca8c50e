import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
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
   * @throws HGR-309 when a provider cannot be installed
   */
  async prepare(lockFile: string | undefined, signal?: AbortSignal): Promise<string | undefined> {
    const providers = lockFile === undefined ? [] : lockedProviders(lockFile);
    if (lockFile === undefined || providers.length === 0) return this.#baseConfig;
    if ((await this.#missing(providers)).length > 0) {
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
    const there = await Promise.all(
      providers.map((provider) =>
        access(this.#versionFolder(provider)).then(
          () => true,
          () => false,
        ),
      ),
    );
    return providers.filter((_, index) => !there[index]);
  }

  /** Installs what is missing in a folder apart and moves it in. */
  async #fill(providers: readonly LockedProvider[], lockFile: string, signal?: AbortSignal): Promise<void> {
    const missing = await this.#missing(providers);
    if (missing.length === 0) return;
    const folder = await mkdtemp(join(this.#home, 'install-'));
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
        await rename(source, target).catch((error: NodeJS.ErrnoException) => {
          // Another process was first.
          if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
