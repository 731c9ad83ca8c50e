import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Kubeconfig, mergeKubeconfig } from '../../src/kubernetes/mergeKubeconfig.js';

const entry = (server: string): Kubeconfig => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'hangar-research', cluster: { server } }],
  users: [{ name: 'hangar-research', user: { exec: { command: 'aws' } } }],
  contexts: [{ name: 'hangar-research', context: { cluster: 'hangar-research', user: 'hangar-research' } }],
  'current-context': 'hangar-research',
});

const present = `# mine
apiVersion: v1
kind: Config
clusters:
  - name: other # the old one
    cluster: { server: https://other }
users: []
contexts:
  - name: other
    context: { cluster: other }
current-context: other
preferences: {}
`;

describe('mergeKubeconfig', () => {
  it('makes a file of its own where there is none', () => {
    expect(parse(mergeKubeconfig('', entry('https://one'), 'config'))).toEqual(entry('https://one'));
  });

  it('adds to what is there and keeps the rest, comments too', () => {
    const text = mergeKubeconfig(present, entry('https://one'), 'config');
    const merged = parse(text);
    expect(merged.clusters.map((each: { name: string }) => each.name)).toEqual(['other', 'hangar-research']);
    expect(merged.users).toEqual(entry('').users);
    expect(merged['current-context']).toBe('hangar-research');
    expect(merged.preferences).toEqual({});
    expect(text).toContain('# mine');
    expect(text).toContain('# the old one');
  });

  it('replaces its own entries instead of doubling them', () => {
    const once = mergeKubeconfig(present, entry('https://one'), 'config');
    const twice = mergeKubeconfig(once, entry('https://two'), 'config');
    expect(parse(twice).clusters.map((each: { cluster: object }) => each.cluster)).toEqual([
      { server: 'https://other' },
      { server: 'https://two' },
    ]);
    expect(mergeKubeconfig(twice, entry('https://two'), 'config')).toBe(twice);
  });

  it.each(['- a list\n', 'clusters: none\n', '{ broken'])('refuses %j', (text) => {
    expect(() => mergeKubeconfig(text, entry('https://one'), '~/.kube/config')).toThrow(
      '~/.kube/config is no kubeconfig',
    );
  });
});
