import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { fromFailure, isCancelled } from '../../src/errors/fromFailure.js';
import { HangarError } from '../../src/errors/HangarError.js';

const quota = new HangarError('HGR-306', 'No quota.', { resource: 'aws_eip.nat', next: 'Ask for more.' });
const inActivity = (cause: Error) =>
  new ActivityFailure(
    'Activity task failed',
    'applyTerraform',
    'make/egress',
    'NON_RETRYABLE_FAILURE',
    undefined,
    cause,
  );
const application = ApplicationFailure.create({ type: 'HGR-306', message: 'No quota.', details: [quota.toJSON()] });

describe('fromFailure', () => {
  it('finds the error of an activity, with everything it told, and adds the step', () => {
    const error = fromFailure(inActivity(application), 'egress');
    expect(error.toJSON()).toEqual({ ...quota.toJSON(), step: 'egress' });
  });

  it('keeps the step that is named already', () => {
    expect(fromFailure(quota.withStep('network'), 'egress').step).toBe('network');
  });

  it('trusts the type where the details are missing', () => {
    const bare = ApplicationFailure.create({ type: 'HGR-303', message: 'Throttled.' });
    expect(fromFailure(bare).toJSON()).toEqual({ code: 'HGR-303', message: 'Throttled.' });
  });

  it('tells a dead worker from a slow cloud', () => {
    expect(fromFailure(inActivity(new TimeoutFailure('timeout', undefined, 'HEARTBEAT'))).code).toBe('HGR-612');
    expect(fromFailure(inActivity(new TimeoutFailure('timeout', undefined, 'START_TO_CLOSE'))).code).toBe('HGR-315');
  });

  it('knows a cancellation', () => {
    const cancelled = inActivity(new CancelledFailure('cancelled'));
    expect(fromFailure(cancelled).code).toBe('HGR-607');
    expect(isCancelled(cancelled)).toBe(true);
    expect(isCancelled(inActivity(application))).toBe(false);
  });

  it('calls everything else a defect, by its innermost message', () => {
    const error = fromFailure(new Error('outer', { cause: new Error('inner') }));
    expect(error).toMatchObject({ code: 'HGR-901', message: 'inner' });
    expect(fromFailure('text').message).toBe('text');
  });

  it('ends on a cause that leads back to itself', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(fromFailure(loop).code).toBe('HGR-901');
  });
});
