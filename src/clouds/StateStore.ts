/** Objects of a state bucket: manifests and terraform states. Small text objects only. */
export interface StateStore {
  /** The object and its version tag; undefined when it is not there. */
  get(key: string): Promise<{ body: string; etag: string } | undefined>;
  /**
   * Writes an object. With `ifMatch` only over that version, with `ifAbsent` only where none is; throws HGR-705 otherwise.
   * @returns the new version tag
   */
  put(key: string, body: string, condition?: { ifMatch?: string; ifAbsent?: boolean }): Promise<string>;
  /** Removes an object with all its versions; tolerates that it is not there. */
  delete(key: string): Promise<void>;
  /** Keys below a prefix, in order. */
  list(prefix: string): Promise<string[]>;
}
