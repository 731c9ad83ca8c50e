import { mergeManifest } from '../../src/clouds/mergeManifest.js';
import { HangarError } from '../../src/errors/HangarError.js';
import { buildGraph } from '../../src/graph/buildGraph.js';
import type { Manifest, ManifestChange } from '../../src/graph/Manifest.js';
import type { StepName } from '../../src/graph/StepName.js';
import type { Leftover, StepReport, StepRequest } from '../../src/graph/StepRequest.js';
import { stepInputs, type WalkDirection } from '../../src/graph/stepInputs.js';

/** What a step is told to do instead of ending at once. */
export interface Behaviour {
  /** Fails with this error; the half it made stays. */
  readonly fail?: HangarError;
  /** Runs until it is cancelled. */
  readonly hang?: boolean;
  /** Failing and hanging end after this many attempts. Default: never. */
  readonly attempts?: number;
  /** Milliseconds it takes. */
  readonly ms?: number;
  /** Unmaking reports this as still there, and leaves the step standing. */
  readonly leftover?: Leftover;
}

export interface WorldEvent {
  readonly event: 'start' | 'done' | 'failed' | 'stopped';
  readonly direction: WalkDirection;
  readonly deployment: string;
  readonly step: StepName;
}

/**
 * A cloud in memory that keeps the rules a real one has: a step is there from the moment its activity starts, it cannot be
 * made before what it needs stands, nor unmade while something still needs it. What breaks a rule is a non-retryable
 * HGR-901, so that a workflow that gets the order wrong fails its test.
 */
export class FakeWorld {
  readonly events: WorldEvent[] = [];
  readonly manifests = new Map<string, Manifest>();
  /** Every phase that was saved, in order, by deployment. */
  readonly savedPhases = new Map<string, string[]>();
  /** What stands, by deployment; `half` until its activity has ended well. */
  private readonly standing = new Map<string, Map<StepName, 'half' | 'whole'>>();
  private readonly behaviours = new Map<string, Behaviour>();
  preflightProblem: HangarError | undefined;
  /** Called after each change, for a world that is to outlive its process. */
  onChange: () => void = () => {};
  /** Answers of findLeftovers before the true one. */
  readonly phantomLeftovers: Leftover[][] = [];

  behave(deployment: string, direction: WalkDirection, step: StepName, behaviour: Behaviour | undefined): void {
    const key = `${deployment} ${direction} ${step}`;
    if (behaviour) this.behaviours.set(key, behaviour);
    else this.behaviours.delete(key);
  }

  behaviourOf(deployment: string, direction: WalkDirection, step: StepName): Behaviour {
    return this.behaviours.get(`${deployment} ${direction} ${step}`) ?? {};
  }

  /** What stands of a deployment, the state bucket and the checks left out. */
  standingOf(deployment: string): StepName[] {
    const names = [...(this.standing.get(deployment)?.keys() ?? [])];
    return names.filter((name) => name !== 'bootstrap' && name !== 'smoke').sort();
  }

  /** Takes a step out of the world, as when something else removed it. */
  forget(deployment: string, step: StepName): void {
    this.thereOf(deployment).delete(step);
  }

  eventsOf(deployment: string, event: WorldEvent['event'], direction: WalkDirection): StepName[] {
    return this.events
      .filter((each) => each.deployment === deployment && each.event === event && each.direction === direction)
      .map(({ step }) => step);
  }

  record(event: WorldEvent['event'], direction: WalkDirection, { spec, step }: StepRequest): void {
    this.events.push({ event, direction, deployment: spec.name, step });
    this.onChange();
  }

  begin(direction: WalkDirection, request: StepRequest): void {
    const { spec, step } = request;
    this.record('start', direction, request);
    const there = this.thereOf(spec.name);
    const inputs = stepInputs(buildGraph(spec), direction).get(step)!;
    if (direction === 'make') {
      const missing = inputs.filter((name) => there.get(name) !== 'whole' || !(name in request.outputs));
      if (missing.length > 0) throw outOfOrder(`${step} was made before ${missing.join(', ')}`);
      if (there.get(step) !== 'whole') there.set(step, 'half');
    } else {
      // What failed to go does not keep the workflow from trying the rest; what is still being removed must.
      const needed = inputs.filter((name) => this.isBusy(spec.name, name));
      if (needed.length > 0) throw outOfOrder(`${step} was unmade while ${needed.join(', ')} still ran`);
    }
  }

  end(direction: WalkDirection, request: StepRequest): StepReport {
    const there = this.thereOf(request.spec.name);
    const { leftover } = this.behaviourOf(request.spec.name, direction, request.step);
    const stays = direction === 'unmake' && leftover !== undefined;
    if (direction === 'make') there.set(request.step, 'whole');
    else if (!stays) there.delete(request.step);
    this.record('done', direction, request);
    return {
      outputs: direction === 'make' ? { made_by: request.step } : {},
      changes: { add: direction === 'make' ? 1 : 0, change: 0, remove: direction === 'make' ? 0 : 1 },
      toolSeconds: 0,
      leftovers: stays ? [leftover] : [],
    };
  }

  saveManifest(change: ManifestChange, workflow: Manifest['workflow']): void {
    const { name } = change.spec;
    if (!this.thereOf(name).has('bootstrap')) throw new HangarError('HGR-702', 'there is no state bucket');
    const now = new Date();
    const manifest = mergeManifest(this.manifests.get(name), change, { workflow, versions: { hangar: 'test' }, now });
    this.manifests.set(name, JSON.parse(JSON.stringify(manifest)));
    this.savedPhases.set(name, [...(this.savedPhases.get(name) ?? []), manifest.phase]);
    this.onChange();
  }

  /** The world as text; {@link restore} makes another one of it. */
  snapshot(): string {
    const { events, manifests, standing, behaviours } = this;
    const parts = [events, [...manifests], [...standing].map(([name, steps]) => [name, [...steps]]), [...behaviours]];
    return JSON.stringify(parts);
  }

  restore(snapshot: string): void {
    const [events, manifests, standing, behaviours] = JSON.parse(snapshot);
    this.events.splice(0, this.events.length, ...events);
    for (const [name, manifest] of manifests) this.manifests.set(name, manifest);
    for (const [name, steps] of standing) this.standing.set(name, new Map(steps));
    for (const [key, behaviour] of behaviours) this.behaviours.set(key, behaviour);
  }

  findLeftovers(name: string): Leftover[] {
    const phantom = this.phantomLeftovers.shift();
    if (phantom) return phantom;
    return this.standingOf(name).map((step) => ({
      step,
      resource: `fake.${step}`,
      id: `id-${step}`,
      reason: 'still listed',
    }));
  }

  private isBusy(deployment: string, step: StepName): boolean {
    const ofStep = this.events.filter((each) => each.deployment === deployment && each.step === step);
    return ofStep.at(-1)?.event === 'start';
  }

  private thereOf(deployment: string): Map<StepName, 'half' | 'whole'> {
    let there = this.standing.get(deployment);
    if (!there) {
      there = new Map();
      this.standing.set(deployment, there);
    }
    return there;
  }
}

function outOfOrder(message: string): HangarError {
  return new HangarError('HGR-901', `out of order: ${message}`);
}
