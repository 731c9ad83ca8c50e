import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Cloud, Json, TaggedResource } from '../../src/clouds/Cloud.js';
import type { StateStore } from '../../src/clouds/StateStore.js';
import { HangarError } from '../../src/errors/HangarError.js';

/** A stand-in for a state bucket: a folder, with the conditions that S3 gives. */
export class FolderStateStore implements StateStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<{ body: string; etag: string } | undefined> {
    try {
      const body = await readFile(join(this.#folder, key), 'utf8');
      return { body, etag: createHash('sha256').update(body).digest('hex') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async put(key: string, body: string, condition: { ifMatch?: string; ifAbsent?: boolean } = {}): Promise<string> {
    const current = await this.get(key);
    if ((condition.ifAbsent && current) || (condition.ifMatch !== undefined && condition.ifMatch !== current?.etag)) {
      throw new HangarError('HGR-705', `${key} was changed by another run`);
    }
    await mkdir(dirname(join(this.#folder, key)), { recursive: true });
    await writeFile(join(this.#folder, key), body);
    return createHash('sha256').update(body).digest('hex');
  }

  async delete(key: string): Promise<void> {
    await rm(join(this.#folder, key), { force: true });
  }

  async list(prefix: string): Promise<string[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }
}

/**
 * A stand-in for a cloud: its state bucket is a folder, terraform's `local` backend keeps states there, and a step's
 * module is one of the fixtures. What terraform's part does not use throws.
 */
export function folderCloud(options: {
  readonly bucket: string;
  readonly module: string;
  readonly variables: Record<string, Json>;
  readonly environment?: Record<string, string>;
  readonly tagged?: () => TaggedResource[];
}): Cloud {
  const store = new FolderStateStore(options.bucket);
  const part: Partial<Cloud> = {
    name: 'aws',
    stateStore: () => store,
    backend(spec, step) {
      const stateKey = `deployments/${spec.name}/${step}.tfstate`;
      // No lockKey: terraform's local backend locks by the operating system, which gives up a dead process's lock.
      return { type: 'local', config: { path: join(options.bucket, stateKey) }, stateKey };
    },
    terraformEnvironment: async () => options.environment ?? {},
    terraformModule: () => ({ module: options.module, variables: options.variables }),
    placeholderOutputs: () => ({}),
    terraformProvider: () => ({ name: 'terraform', source: 'terraform.io/builtin/terraform', config: {} }),
    findByTag: async () => options.tagged?.() ?? [],
  };
  return new Proxy(part as Cloud, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (value === undefined && typeof name === 'string' && name !== 'then') {
        throw new Error(`terraform's part must not use Cloud.${name}`);
      }
      return value;
    },
  });
}
