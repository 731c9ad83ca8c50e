import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/terraform/parseEvent.js';
import { recorded, recordedEvents } from './recorded.js';

const ofType = (name: string, type: string) => recordedEvents(name).filter((event) => event.type === type);

describe('parseEvent', () => {
  it.each(['init.jsonl', 'apply.jsonl', 'destroy.jsonl', 'risky-plan.jsonl', 'wrong.jsonl'])(
    'knows every line that terraform wrote in %s',
    (name) => {
      const events = recorded(name).trim().split('\n').map(parseEvent);
      expect(events.length).toBeGreaterThan(1);
      expect(events.filter((event) => event === undefined || event.type === 'unknown')).toEqual([]);
    },
  );

  it('reads the version', () => {
    expect(recordedEvents('apply.jsonl')[0]).toEqual({ type: 'version', terraform: '1.11.4', ui: '1.2' });
  });

  it('reads what happens to a resource', () => {
    const complete = ofType('apply.jsonl', 'apply_complete');
    expect(complete).toHaveLength(3);
    expect(complete[0]).toMatchObject({
      type: 'apply_complete',
      action: 'create',
      resource: { addr: 'module.step.terraform_data.first', resource_type: 'terraform_data' },
      elapsedSeconds: 0,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(ofType('apply.jsonl', 'apply_progress')[0]).toMatchObject({
      action: 'create',
      resource: { addr: expect.stringMatching(/^module\.step\.terraform_data\.item\["[ab]"\]$/) },
      elapsedSeconds: 10,
    });
    expect(ofType('destroy.jsonl', 'apply_start').map((event) => 'action' in event && event.action)).toEqual(
      Array(3).fill('delete'),
    );
  });

  it('reads planned changes and counts', () => {
    expect(ofType('risky-plan.jsonl', 'planned_change')).toContainEqual({
      type: 'planned_change',
      action: 'delete',
      reason: 'delete_because_count_index',
      resource: expect.objectContaining({ addr: 'module.step.aws_s3_bucket.gone[0]', resource_type: 'aws_s3_bucket' }),
    });
    expect(ofType('apply.jsonl', 'change_summary')).toEqual([
      { type: 'change_summary', changes: { operation: 'plan', add: 3, change: 0, remove: 0, import: 0 } },
      { type: 'change_summary', changes: { operation: 'apply', add: 3, change: 0, remove: 0, import: 0 } },
    ]);
  });

  it('reads names of outputs, never their values', () => {
    expect(ofType('apply.jsonl', 'outputs').at(-1)).toEqual({ type: 'outputs', names: ['names'] });
  });

  it('reads diagnostics', () => {
    expect(ofType('wrong.jsonl', 'diagnostic')).toEqual([
      {
        type: 'diagnostic',
        diagnostic: {
          severity: 'error',
          summary: 'Value for undeclared variable',
          detail: expect.stringContaining('does not declare a variable of that name'),
        },
      },
    ]);
    expect(
      parseEvent(
        '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"s","detail":"d","address":"aws_vpc.a","range":{"filename":"main.tf","start":{"line":3,"column":1,"byte":1},"end":{"line":3,"column":2,"byte":2}},"snippet":{"code":"x"}}}',
      ),
    ).toEqual({
      type: 'diagnostic',
      diagnostic: {
        severity: 'error',
        summary: 's',
        detail: 'd',
        address: 'aws_vpc.a',
        range: { filename: 'main.tf', line: 3 },
      },
    });
  });

  it('passes over types that it does not know, and known types of another form', () => {
    expect(parseEvent('{"type":"test_abstract","@message":"new"}')).toEqual({
      type: 'unknown',
      name: 'test_abstract',
      message: 'new',
    });
    expect(parseEvent('{"type":"apply_start","hook":5}')).toMatchObject({ type: 'unknown', name: 'apply_start' });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseEvent(text)));
    fc.assert(
      fc.property(
        fc.constantFrom('apply_start', 'diagnostic', 'change_summary', 'outputs', 'planned_change', 'version'),
        fc.dictionary(fc.constantFrom('hook', 'diagnostic', 'changes', 'outputs', 'change', 'terraform'), fc.json()),
        (type, rest) => {
          const parsed = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, JSON.parse(value)]));
          expect(parseEvent(JSON.stringify({ ...parsed, type }))).toBeDefined();
        },
      ),
    );
    expect(parseEvent('Error: not JSON')).toBeUndefined();
    expect(parseEvent('[1]')).toBeUndefined();
  });
});
