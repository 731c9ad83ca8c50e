import { join } from 'node:path';
import type { Cloud, TerraformBackend } from '../clouds/Cloud.js';
import type { StepProgress, StepRequest } from '../graph/StepRequest.js';
import type { Settings } from '../settings/Settings.js';
import type { TerraformEvent } from './events.js';
import { initStep } from './initStep.js';
import { ProgressTracker } from './ProgressTracker.js';
import { ProviderMirror } from './ProviderMirror.js';
import { Terraform } from './Terraform.js';
import { terraformEnvironment } from './terraformEnvironment.js';
import { readLockFile, Workspace } from './Workspace.js';

/** What a run on a step needs from whoever starts it. */
export interface StepRunOptions {
  readonly settings: Settings;
  readonly cloud: Cloud;
  readonly request: StepRequest;
  /** Aborted: stop gently. */
  readonly signal: AbortSignal;
  readonly report: (progress: StepProgress) => void;
  /** Where the last attempt of the same activity was when it was heard of last. */
  readonly lastProgress?: StepProgress;
}

/** `module`: the step's module around its state; `state-only`: no module, so that only removal is possible and no input needed. */
export type RootKind = 'module' | 'state-only';

/** Terraform made ready for one step in one attempt: a workspace, a provider mirror, an environment, progress. */
export class StepRun {
  readonly terraform: Terraform;
  readonly workspace: Workspace;
  readonly tracker = new ProgressTracker('init');
  /** Worth telling though no error: for the step's report. */
  readonly notes: string[] = [];
  readonly #options: StepRunOptions;
  readonly #backend: Pick<TerraformBackend, 'type' | 'config'>;

  private constructor(
    options: StepRunOptions,
    backend: Pick<TerraformBackend, 'type' | 'config'>,
    workspace: Workspace,
    terraform: Terraform,
  ) {
    this.#options = options;
    this.#backend = backend;
    this.workspace = workspace;
    this.terraform = terraform;
  }

  /**
   * Opens a workspace and inits it.
   * @param backend where the state is; default the step's own
   * @throws HGR-309 when a provider cannot be installed; else as the cloud answers
   */
  static async open(
    options: StepRunOptions,
    kind: RootKind,
    backend: Pick<TerraformBackend, 'type' | 'config'> = options.cloud.backend(
      options.request.spec,
      options.request.step,
    ),
  ): Promise<StepRun> {
    const { settings, cloud, request, signal } = options;
    options.report({ phase: 'init' });
    const lockFile = await readLockFile(moduleDirectory(options));
    const mirror = new ProviderMirror({
      home: settings.home,
      program: settings.terraform,
      baseConfig: settings.terraformConfig,
    });
    const workspace = await Workspace.open(settings.home, stepLabel(request));
    try {
      const terraform = new Terraform({
        program: settings.terraform,
        directory: workspace.directory,
        environment: terraformEnvironment({
          cloud: await cloud.terraformEnvironment(),
          cliConfig: await mirror.prepare(lockFile, {
            signal,
            onInstall: (what) => options.report({ phase: 'init', waitingFor: `the installation of ${what}` }),
          }),
        }),
        signal,
      });
      const run = new StepRun(options, backend, workspace, terraform);
      await run.become(kind);
      return run;
    } catch (error) {
      await workspace.remove();
      throw error;
    }
  }

  /**
   * Writes the root module and inits the workspace for it.
   * @throws HGR-901 for a root with the module when a step before this one has no outputs
   */
  async become(kind: RootKind): Promise<void> {
    const { cloud, request } = this.#options;
    const directory = moduleDirectory(this.#options);
    const lockFile = await readLockFile(directory);
    await this.workspace.write({
      backend: this.#backend,
      provider: cloud.terraformProvider(request),
      module: kind === 'module' ? { directory, variables: cloud.terraformModule(request).variables } : undefined,
      lockFile,
    });
    await initStep(this.terraform, lockFile !== undefined);
  }

  /** Begins a phase of `total` changes and tells so. */
  enter(phase: string, total?: number): void {
    this.tracker.enter(phase, total);
    this.#options.report(this.tracker.progress());
  }

  /** Aborted: stop gently. */
  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** Tells in words what the step waits for. */
  waitFor(what: string): void {
    this.#options.report({ ...this.tracker.progress(), waitingFor: what });
  }

  /** Takes terraform's events into the progress. */
  readonly onEvent = (event: TerraformEvent): void => {
    if (this.tracker.take(event)) this.#options.report(this.tracker.progress());
  };

  /** Removes the workspace, with plan, variables and output. */
  async close(): Promise<void> {
    await this.workspace.remove();
  }
}

/** Names a step among all deployments of all accounts. */
export function stepLabel({ spec, step }: Pick<StepRequest, 'spec' | 'step'>): string {
  return `${spec.cloud}/${spec.account}/${spec.region}/${spec.name}/${step}`;
}

function moduleDirectory({ settings, cloud, request }: StepRunOptions): string {
  return join(settings.terraformModules, cloud.terraformModule(withPlaceholders(cloud, request)).module);
}

/** The request with stand-ins for the outputs that it lacks. */
export function withPlaceholders(cloud: StepRunOptions['cloud'], request: StepRequest): StepRequest {
  return { ...request, outputs: { ...cloud.placeholderOutputs(request.spec), ...request.outputs } };
}
