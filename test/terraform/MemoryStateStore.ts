import type { StateStore } from '../../src/clouds/StateStore.js';
import { HangarError } from '../../src/errors/HangarError.js';

/** A stand-in for a state bucket, in memory, with the conditions that S3 gives; may be cut off. */
export class MemoryStateStore implements StateStore {
  readonly #objects = new Map<string, { body: string; etag: string }>();
  #writes = 0;
  /** While true every call fails as if there were no network. */
  unreachable = false;

  async get(key: string): Promise<{ body: string; etag: string } | undefined> {
    this.#reach();
    return this.#objects.get(key);
  }

  async put(key: string, body: string, condition: { ifMatch?: string; ifAbsent?: boolean } = {}): Promise<string> {
    this.#reach();
    const current = this.#objects.get(key);
    if ((condition.ifAbsent && current) || (condition.ifMatch !== undefined && condition.ifMatch !== current?.etag)) {
      throw new HangarError('HGR-705', `${key} was changed by another run`);
    }
    const etag = `"${++this.#writes}"`;
    this.#objects.set(key, { body, etag });
    return etag;
  }

  async delete(key: string): Promise<void> {
    this.#reach();
    this.#objects.delete(key);
  }

  async list(prefix: string): Promise<string[]> {
    this.#reach();
    return [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  #reach(): void {
    if (this.unreachable) throw new HangarError('HGR-209', 'the cloud did not answer');
  }
}
