import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { fromFailure } from '../src/errors/fromFailure.js';
import type { HangarError } from '../src/errors/HangarError.js';
import type { DeploymentPhase, DeploymentStatus, StepState, StepStatus } from '../src/graph/DeploymentStatus.js';
import type { Step } from '../src/graph/Step.js';
import type { StepName } from '../src/graph/StepName.js';
import type { DeploymentOutputs } from '../src/graph/StepOutputs.js';
import type { Leftover, StepReport } from '../src/graph/StepRequest.js';
import { type SearchAttribute, searchAttributes } from '../src/graph/searchAttributes.js';
import { stepInputs, type WalkDirection } from '../src/graph/stepInputs.js';
import type { DeploymentKey } from '../src/spec/parseDeploymentKey.js';
import { detailsText } from './detailsText.js';
import type { ManifestWriter } from './ManifestWriter.js';
import { isFailure } from './workflowFailure.js';

/** Query `status`: how the deployment stands now; answered for closed workflows too. */
export const statusQuery = defineQuery<DeploymentStatus>('status');
/** Update `untilFinished`: answers once the work has ended, well or badly, with the final status. */
export const untilFinishedUpdate = defineUpdate<DeploymentStatus>('untilFinished');

/**
 * The one record of how a deployment stands, shown by query, update, search attributes and current details, and written
 * to the manifest where one is kept.
 */
export class StatusTracker {
  readonly status: DeploymentStatus;
  private manifest: ManifestWriter | undefined;
  /** What each step that has not started yet waits for. */
  private inputs = new Map<StepName, readonly StepName[]>();
  private readonly settled = new Set<StepName>();

  constructor(key: DeploymentKey, phase: DeploymentPhase) {
    const { name, cloud, region, account } = key;
    this.status = {
      name,
      cloud,
      region,
      account,
      phase,
      startedAt: now(),
      steps: [],
      outputs: {},
      leftovers: [],
    };
    setHandler(statusQuery, () => this.status);
    setHandler(untilFinishedUpdate, async () => {
      await condition(() => this.status.endedAt !== undefined);
      return this.status;
    });
    upsert({ deployment: name, cloud, account, region, phase });
    this.show();
  }

  /** Lists the steps of the deployment; `known` is what a manifest says of them. */
  list(steps: readonly Step[], known: Partial<Record<StepName, Partial<StepStatus>>> = {}): void {
    this.status.steps = steps.map(({ name, kind, title, typicalSeconds }) => ({
      ...{ name, kind, title, typicalSeconds, state: 'waiting' as const, waitsFor: [], attempt: 0 },
      ...known[name],
    }));
    this.show();
  }

  /** From now on changes are also noted in the manifest. */
  writeTo(manifest: ManifestWriter): void {
    this.manifest = manifest;
  }

  setPhase(phase: DeploymentPhase): void {
    this.status.phase = phase;
    upsert({ phase });
    this.manifest?.note({ phase });
    this.show();
  }

  setOutputs(outputs: DeploymentOutputs): void {
    this.status.outputs = outputs;
  }

  /** A walk over `steps` begins. */
  expect(steps: readonly Step[], direction: WalkDirection): void {
    this.inputs = new Map(stepInputs(steps, direction));
    this.settled.clear();
    this.show();
  }

  /** A step's activity is about to start. */
  begin(name: StepName, state: 'running' | 'removing'): void {
    this.inputs.delete(name);
    this.change(name, { state, startedAt: now(), endedAt: undefined, attempt: 1 });
  }

  /** A step has ended well. */
  end(name: StepName, state: StepState, report?: StepReport): void {
    if (report && state === 'done') {
      this.status.outputs = { ...this.status.outputs, [name]: report.outputs };
      this.manifest?.note({ outputs: { [name]: report.outputs } });
    }
    if (state === 'removed') {
      const { [name]: _, ...standing } = this.status.outputs;
      this.status.outputs = standing;
    }
    this.settle(name, {
      state,
      // The error of a step that was rolled back stays readable.
      ...(state === 'done' ? { error: undefined } : {}),
      ...(report ? { changes: report.changes, toolSeconds: report.toolSeconds } : {}),
    });
  }

  /** A step has failed, or was stopped. */
  fail(name: StepName, error: HangarError): void {
    this.settle(name, { state: 'failed', error: error.toJSON() });
  }

  /** A step of the walk was never started. */
  skip(name: StepName): void {
    this.inputs.delete(name);
    if (this.step(name).state === 'waiting') this.change(name, { state: 'skipped' });
    else this.show();
  }

  stateOf(name: StepName): StepState {
    return this.step(name).state;
  }

  /**
   * The work has ended; waits until the manifest is saved and every waiting update has its answer.
   * @throws what kept the manifest from being saved, where there is no other error to tell
   */
  async finish(phase: DeploymentPhase, error?: HangarError, leftovers: Leftover[] = []): Promise<DeploymentStatus> {
    this.inputs.clear();
    this.status.leftovers = leftovers;
    this.status.error = error?.toJSON();
    this.manifest?.note({ leftovers: [...leftovers], error: error?.toJSON() ?? null });
    this.setPhase(phase);
    return await CancellationScope.nonCancellable(async () => {
      const unsaved = await this.manifest?.flush().catch((failure: unknown) => fromFailure(failure));
      if (unsaved && !error) {
        this.status.error = unsaved.toJSON();
        this.setPhase('failed');
      }
      this.status.endedAt = now();
      this.show();
      await condition(allHandlersFinished);
      if (unsaved && !error) throw unsaved;
      return this.status;
    });
  }

  /** Runs the work that this status is of: where it throws without having finished, the status says so too. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isFailure(error) && this.status.endedAt === undefined) await this.finish('failed', fromFailure(error));
      throw error;
    }
  }

  private settle(name: StepName, change: Partial<StepStatus>): void {
    this.inputs.delete(name);
    this.settled.add(name);
    this.change(name, { ...change, endedAt: now() });
  }

  private change(name: StepName, change: Partial<StepStatus>): void {
    const step = Object.assign(this.step(name), change);
    const { state, startedAt, endedAt, error } = step;
    this.manifest?.note({ steps: { [name]: { state, startedAt, endedAt, error } } });
    this.show();
  }

  private step(name: StepName): StepStatus {
    return this.status.steps.find((step) => step.name === name)!;
  }

  private show(): void {
    for (const step of this.status.steps) {
      step.waitsFor = (this.inputs.get(step.name) ?? []).filter((name) => !this.settled.has(name));
    }
    setCurrentDetails(detailsText(this.status));
  }
}

function upsert(values: Partial<Record<SearchAttribute, string>>): void {
  upsertSearchAttributes(
    Object.entries(values).map(([attribute, value]) => ({
      key: defineSearchAttributeKey(searchAttributes[attribute as SearchAttribute], SearchAttributeType.KEYWORD),
      value,
    })),
  );
}

function now(): string {
  return new Date().toISOString();
}
