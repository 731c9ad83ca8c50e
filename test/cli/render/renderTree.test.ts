import { describe, expect, it } from 'vitest';
import { renderTree } from '../../../src/cli/render/renderTree.js';
import { makeStyle } from '../../../src/cli/render/Style.js';
import { at, nowAt, statusFixture, stepFixture } from './statusFixture.js';

const style = makeStyle(false);

describe('renderTree', () => {
  it('shows state, time, progress, what each step does or waits for', () => {
    expect(renderTree(statusFixture(), { style, now: nowAt(125) }).join('\n')).toBe(
      `research · aws · us-east-1 · 123456789012 · creating · 2m 05s
├─ ✔ bootstrap       12s  The bootstrap
├─ ✔ network         41s  The network · 21 made
├─ ● cluster      1m 12s  The cluster · attempt 2, apply 3/20 · usually 10m
│    aws_eks_cluster.this creating 1m 05s
│    waits for the control plane
├─ ✖ database        47s  HGR-306 The quota of DB clusters is exhausted
├─ ○ nodes                waits for cluster, egress
└─ – smoke                not run`,
    );
  });

  it('shows a destruction', () => {
    const steps = [
      stepFixture('bootstrap', { state: 'kept' }),
      stepFixture('network', {
        state: 'removed',
        startedAt: at(10),
        endedAt: at(30),
        changes: { add: 0, change: 0, remove: 21 },
      }),
      stepFixture('cluster', {
        state: 'removing',
        startedAt: at(5),
        attempt: 1,
        progress: { phase: 'destroy', done: 4 },
      }),
    ];
    const lines = renderTree(statusFixture({ phase: 'destroying', steps, endedAt: at(31) }), { style, now: nowAt(90) });
    expect(lines).toEqual([
      'research · aws · us-east-1 · 123456789012 · destroying · 31s',
      '├─ ◆ bootstrap            The bootstrap · kept',
      '├─ ✔ network         20s  The network · 21 removed',
      '└─ ● cluster      1m 25s  The cluster · destroy 4',
    ]);
  });

  it('keeps telling what a step that was rolled back had failed with, and what an attempt follows', () => {
    const error = { code: 'HGR-303', message: 'The cloud throttled the requests' } as const;
    const steps = [
      stepFixture('network', { state: 'removed', startedAt: at(0), endedAt: at(5), error }),
      stepFixture('cluster', { state: 'running', startedAt: at(0), attempt: 3, error }),
    ];
    expect(renderTree(statusFixture({ steps }), { style, now: nowAt(5) }).slice(1)).toEqual([
      '├─ ✔ network          5s  The network · HGR-303 The cloud throttled the requests',
      '└─ ● cluster          5s  The cluster · attempt 3 after HGR-303 · usually 1m',
    ]);
  });

  it('cuts lines to the width of the terminal', () => {
    for (const line of renderTree(statusFixture(), { style, now: nowAt(125), columns: 40 })) {
      expect(line.length).toBeLessThanOrEqual(40);
    }
    const [, , , cluster] = renderTree(statusFixture(), { style, now: nowAt(125), columns: 40 });
    expect(cluster).toBe('├─ ● cluster      1m 12s  The cluster ·…');
  });

  it('leaves out the least important under a short terminal', () => {
    const rows = (count: number) => renderTree(statusFixture(), { style, now: nowAt(125), rows: count });
    expect(rows(9)).toHaveLength(9);
    expect(rows(8)).toHaveLength(7);
    expect(rows(8).join('\n')).not.toContain('aws_eks_cluster.this');
    expect(rows(5).map((line) => line.slice(0, 14))).toEqual([
      'research · aws',
      '├─ ● cluster  ',
      '├─ ✖ database ',
      '├─ ○ nodes    ',
      '└─ and 3 more ',
    ]);
    expect(rows(4).at(-1)).toBe('└─ and 4 more steps');
    expect(rows(2)).toHaveLength(2);
  });

  it('colours without changing the text, and not when told so', () => {
    const plain = renderTree(statusFixture(), { style, now: nowAt(125), columns: 60 });
    const colored = renderTree(statusFixture(), { style: makeStyle(true), now: nowAt(125), columns: 60 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape codes are what is looked for
    const escapes = /\u001b\[\d+m/g;
    expect(colored.join('\n')).toMatch(escapes);
    expect(colored.map((line) => line.replace(escapes, ''))).toEqual(plain);
  });
});
