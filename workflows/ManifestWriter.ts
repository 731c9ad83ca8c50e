import { CancellationScope } from '@temporalio/workflow';
import type { ManifestChange } from '../src/graph/Manifest.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import { manifests } from './activityOptions.js';

type Change = Omit<ManifestChange, 'spec'>;

/**
 * Keeps the manifest in the state bucket up to date without holding up the steps: changes are gathered while a save is
 * under way and go out together in the next one, one save at a time, none lost. Nothing is saved before {@link open}.
 */
export class ManifestWriter {
  private readonly spec: DeploymentSpec;
  private unsaved: Change | undefined;
  private saving: Promise<void> | undefined;
  private failure: unknown;
  private opened = false;

  constructor(spec: DeploymentSpec) {
    this.spec = spec;
  }

  get isOpen(): boolean {
    return this.opened;
  }

  /** Takes a change to be saved. */
  note(change: Change): void {
    this.unsaved = merge(this.unsaved, change);
    if (this.opened) this.start();
  }

  /** The state bucket stands: saves what was noted so far and, from now on, every change. */
  async open(): Promise<void> {
    this.opened = true;
    await this.flush();
  }

  /** Waits until everything noted is saved. Throws what the last save threw; its changes stay noted. */
  async flush(): Promise<void> {
    if (!this.opened) return;
    if (this.unsaved) this.start();
    await this.saving;
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure;
  }

  /** Removes the manifest; from then on nothing is saved. Throws where it cannot go; it then stays in use. */
  async remove(): Promise<void> {
    this.opened = false;
    await this.saving;
    const { name, cloud, account, region } = this.spec;
    try {
      await CancellationScope.nonCancellable(() => manifests.deleteManifest({ name, cloud, account, region }));
    } catch (error) {
      this.opened = true;
      throw error;
    }
  }

  private start(): void {
    this.saving ??= this.save()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.saving = undefined;
      });
  }

  private async save(): Promise<void> {
    while (this.unsaved) {
      const change = this.unsaved;
      this.unsaved = undefined;
      try {
        await CancellationScope.nonCancellable(() => manifests.saveManifest({ spec: this.spec, ...change }));
        this.failure = undefined;
      } catch (error) {
        this.unsaved = merge(change, this.unsaved ?? {});
        throw error;
      }
    }
  }
}

function merge(earlier: Change | undefined, later: Change): Change {
  return {
    ...earlier,
    ...later,
    ...(earlier?.steps || later.steps ? { steps: { ...earlier?.steps, ...later.steps } } : {}),
    ...(earlier?.outputs || later.outputs ? { outputs: { ...earlier?.outputs, ...later.outputs } } : {}),
  };
}
