import { describe, expect, it } from 'vitest';
import type { ResourceAction, TerraformEvent } from '../../src/terraform/events.js';
import { ProgressTracker } from '../../src/terraform/ProgressTracker.js';
import { recordedEvents } from './recorded.js';

const hook = (
  type: 'apply_start' | 'apply_complete' | 'apply_errored',
  addr: string,
  action: ResourceAction = 'create',
) => ({ type, action, resource: { addr, resource_type: 'x' } }) satisfies TerraformEvent;

describe('ProgressTracker', () => {
  it('counts a recorded apply to its total', () => {
    const tracker = new ProgressTracker('apply');
    tracker.enter('apply', 3);
    const done = recordedEvents('apply.jsonl').map((event) => {
      tracker.take(event);
      return tracker.progress().done;
    });
    expect(new Set(done)).toEqual(new Set([0, 1, 2, 3]));
    expect(done).toEqual([...done].sort());
    expect(tracker.progress()).toEqual({ phase: 'apply', done: 3, total: 3 });
  });

  it('shows the five that take longest, by their address within the step', () => {
    let now = 0;
    const tracker = new ProgressTracker('apply', () => now);
    tracker.enter('apply', 9);
    for (let index = 0; index < 7; index++) {
      now = index * 1000;
      tracker.take(hook('apply_start', `module.step.aws_subnet.private[${index}]`));
    }
    now = 60_000;
    const { current } = tracker.progress();
    expect(current).toHaveLength(5);
    expect(current?.[0]).toEqual({ resource: 'aws_subnet.private[0]', action: 'creating', seconds: 60 });
    expect(current?.[4]).toEqual({ resource: 'aws_subnet.private[4]', action: 'creating', seconds: 56 });
  });

  it('says what is done to a resource and drops it when that ends or fails', () => {
    const tracker = new ProgressTracker('destroy');
    tracker.enter('destroy', 2);
    tracker.take(hook('apply_start', 'a', 'delete'));
    tracker.take(hook('apply_start', 'b', 'update'));
    expect(tracker.progress().current?.map(({ action }) => action)).toEqual(['deleting', 'updating']);
    expect(tracker.take(hook('apply_errored', 'a', 'delete'))).toBe(true);
    expect(tracker.take(hook('apply_complete', 'b', 'update'))).toBe(true);
    expect(tracker.progress()).toEqual({ phase: 'destroy', done: 1, total: 2 });
  });

  it('does not count data sources read while applying, nor go beyond the total', () => {
    const tracker = new ProgressTracker('apply');
    tracker.enter('apply', 1);
    tracker.take(hook('apply_complete', 'data.x', 'read'));
    expect(tracker.progress().done).toBe(0);
    for (const addr of ['a', 'b', 'c']) tracker.take(hook('apply_complete', addr));
    expect(tracker.progress()).toEqual({ phase: 'apply', done: 1, total: 1 });
  });

  it('says that nothing has changed where nothing has', () => {
    const tracker = new ProgressTracker('plan');
    expect(tracker.take({ type: 'log', level: 'info', message: 'x' })).toBe(false);
    expect(tracker.progress()).toEqual({ phase: 'plan' });
  });
});
