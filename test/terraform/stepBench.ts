import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Cloud, Json, TaggedResource } from '../../src/clouds/Cloud.js';
import type { StepName } from '../../src/graph/StepName.js';
import type { StepProgress } from '../../src/graph/StepRequest.js';
import type { Settings } from '../../src/settings/Settings.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import type { StepRunOptions } from '../../src/terraform/StepRun.js';
import { FolderStateStore, folderCloud } from './FolderCloud.js';

/** The folder of the fixture modules. */
export const fixtureModules = resolve(import.meta.dirname, '../fixtures/terraform/modules');

/** A folder of its own with all that a step needs to run in it. */
export interface StepBench {
  readonly folder: string;
  readonly home: string;
  readonly bucket: string;
  readonly journal: string;
  readonly progress: StepProgress[];
  /** What a run on the step is given; each call is a new attempt. */
  attempt(options?: {
    readonly module?: string;
    readonly variables?: Record<string, Json>;
    readonly environment?: Record<string, string>;
    readonly tagged?: () => TaggedResource[];
    readonly signal?: AbortSignal;
    readonly attempt?: number;
    readonly step?: StepName;
    readonly settings?: Partial<Settings>;
    readonly cloud?: Cloud;
  }): StepRunOptions;
  /** What is in the bucket, but for the backups that terraform's local backend makes. */
  objects(): Promise<string[]>;
  remove(): Promise<void>;
}

/** @param existing the folder of a bench that another process has opened */
export async function openStepBench(existing?: string): Promise<StepBench> {
  const folder = existing ?? (await mkdtemp(join(tmpdir(), 'hangar-step-')));
  const home = join(folder, 'home');
  const bucket = join(folder, 'bucket');
  const journal = join(folder, 'journal');
  await mkdir(bucket, { recursive: true });
  const progress: StepProgress[] = [];
  const spec = deploymentSpec.parse({
    version: 1,
    name: 'bench',
    cloud: 'aws',
    region: 'us-east-1',
    account: '123456789012',
  });
  return {
    folder,
    home,
    bucket,
    journal,
    progress,
    attempt(options = {}) {
      return {
        settings: { home, terraform: 'terraform', terraformModules: fixtureModules, ...options.settings } as Settings,
        cloud:
          options.cloud ??
          folderCloud({
            bucket,
            module: options.module ?? 'sleeper',
            variables: { journal, ...options.variables },
            environment: options.environment,
            tagged: options.tagged,
          }),
        request: { spec, step: options.step ?? 'network', outputs: {} },
        signal: options.signal ?? new AbortController().signal,
        report: (next) => progress.push(next),
      };
    },
    objects: async () => (await new FolderStateStore(bucket).list('')).filter((key) => !key.endsWith('.backup')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
