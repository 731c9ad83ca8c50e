import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../src/cli/render/ChangeLog.js';
import { at, nowAt, statusFixture, stepFixture } from './statusFixture.js';

const running = (more = {}) =>
  stepFixture('cluster', { state: 'running', startedAt: at(10), attempt: 1, typicalSeconds: 600, ...more });

describe('ChangeLog', () => {
  it('has a line for each change of a step and of the phase, and none where nothing changed', () => {
    const log = new ChangeLog();
    const waiting = statusFixture({ steps: [stepFixture('cluster')] });
    expect(log.lines(waiting, nowAt(1))).toEqual(['     1s  research: creating']);
    expect(log.lines(waiting, nowAt(2))).toEqual([]);
    expect(log.lines(statusFixture({ steps: [running()] }), nowAt(10))).toEqual([
      '    10s  cluster     running, usually 10m',
    ]);
    expect(log.lines(statusFixture({ steps: [running()] }), nowAt(39))).toEqual([]);
    const done = stepFixture('cluster', { state: 'done', startedAt: at(10), endedAt: at(70), attempt: 1 });
    expect(log.lines(statusFixture({ phase: 'ready', steps: [done] }), nowAt(75))).toEqual([
      ' 1m 15s  research: ready',
      ' 1m 15s  cluster     done, 1m 00s',
    ]);
  });

  it('mentions a running step again every 30 s, with where it is', () => {
    const log = new ChangeLog();
    const { progress } = statusFixture().steps[2]!;
    const status = statusFixture({ steps: [running({ progress })] });
    log.lines(status, nowAt(10));
    expect(log.lines(status, nowAt(40))).toEqual([
      '    40s  cluster     running, 30s, apply 3/20, aws_eks_cluster.this creating 1m 05s, waits for the control plane',
    ]);
    expect(log.lines(status, nowAt(69))).toEqual([]);
    expect(log.lines(status, nowAt(70))).toHaveLength(1);
  });

  it('tells of another attempt and of a failure', () => {
    const log = new ChangeLog();
    log.lines(statusFixture({ steps: [running()] }), nowAt(10));
    expect(log.lines(statusFixture({ steps: [running({ attempt: 2 })] }), nowAt(20))).toEqual([
      '    20s  cluster     running, 10s, attempt 2',
    ]);
    const failed = statusFixture({ steps: [statusFixture().steps[3]!] });
    expect(log.lines(failed, nowAt(100))).toEqual([
      ' 1m 40s  database    failed, 47s, HGR-306 The quota of DB clusters is exhausted',
    ]);
  });

  it('tells once of a failure that was rolled back between two looks', () => {
    const log = new ChangeLog();
    const rolledBack = statusFixture({
      phase: 'gone',
      steps: [{ ...statusFixture().steps[3]!, state: 'removed', endedAt: at(120) }],
    });
    expect(log.lines(rolledBack, nowAt(125))).toEqual([
      ' 2m 05s  research: gone',
      ' 2m 05s  database    failed, HGR-306 The quota of DB clusters is exhausted',
      ' 2m 05s  database    removed, 1m 07s',
    ]);
    expect(log.lines(rolledBack, nowAt(126))).toEqual([]);
  });

  it('tells of the steps that a run that is joined late has made already', () => {
    const lines = new ChangeLog().lines(statusFixture(), nowAt(125));
    expect(lines.map((line) => line.slice(9, 30).trim())).toEqual([
      'research: creating',
      'bootstrap   done, 12s',
      'network     done, 41s',
      'cluster     running,',
      'database    failed, 4',
      'smoke       skipped',
    ]);
  });
});
