import type { StepProgress } from '../graph/StepRequest.js';
import type { TerraformEvent } from './events.js';
import { stepAddress } from './stepAddress.js';

/** Resources shown at once: enough for a person, small enough for a heartbeat. */
const shownResources = 5;

const verbs: Record<string, string> = {
  create: 'creating',
  read: 'reading',
  update: 'updating',
  replace: 'replacing',
  delete: 'deleting',
};

/**
 * Turns terraform's events into {@link StepProgress}: what is done of how much, and the resources under way,
 * longest first. Memory grows with the resources under way only.
 */
export class ProgressTracker {
  readonly #now: () => number;
  readonly #running = new Map<string, { action: string; since: number }>();
  #phase: string;
  #done = 0;
  #total: number | undefined;

  /** @param now milliseconds; for tests */
  constructor(phase: string, now: () => number = Date.now) {
    this.#phase = phase;
    this.#now = now;
  }

  /** Starts a phase over: nothing done, nothing under way; `total` units where they are known ahead. */
  enter(phase: string, total?: number): void {
    this.#phase = phase;
    this.#total = total;
    this.#done = 0;
    this.#running.clear();
  }

  /** Takes one event in. @returns whether the progress has changed in a way worth telling */
  take(event: TerraformEvent): boolean {
    switch (event.type) {
      case 'apply_start':
      case 'refresh_start': {
        const action = event.type === 'refresh_start' ? 'reading' : (verbs[event.action ?? ''] ?? 'working');
        this.#running.set(event.resource.addr, { action, since: this.#now() });
        return true;
      }
      case 'apply_progress':
        return this.#running.has(event.resource.addr);
      case 'apply_complete':
        // Data sources read during an apply are not among the plan's changes.
        if (event.action !== 'read') this.#done += 1;
        this.#running.delete(event.resource.addr);
        return true;
      case 'apply_errored':
      case 'refresh_complete':
        return this.#running.delete(event.resource.addr);
      default:
        return false;
    }
  }

  /** Where the work is now. */
  progress(): StepProgress {
    const now = this.#now();
    const current = [...this.#running]
      .sort(([, a], [, b]) => a.since - b.since)
      .slice(0, shownResources)
      .map(([resource, { action, since }]) => ({
        resource: stepAddress(resource),
        action,
        seconds: Math.round((now - since) / 1000),
      }));
    return {
      phase: this.#phase,
      ...(this.#total === undefined ? {} : { done: Math.min(this.#done, this.#total), total: this.#total }),
      ...(current.length > 0 ? { current } : {}),
    };
  }
}
