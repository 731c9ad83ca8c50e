import { expect, test } from 'vitest';
import { classifyHelmError } from '../../src/helm/classifyHelmError.js';

const release = { namespace: 'flyte', release: 'flyte' };

/** What helm 4.1.4 printed on a real cluster, line for line. */
const messages: [string, string][] = [
  ['HGR-403', 'Error: path "/charts/nothing" not found'],
  ['HGR-403', 'Error: non-absolute URLs should be in form of repo_name/path_to_chart, got: nothing'],
  [
    'HGR-403',
    'Error: looks like "http://127.0.0.1:1" is not a valid chart repository or cannot be reached: Get "http://127.0.0.1:1/index.yaml": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'HGR-403',
    'Error: failed to perform "FetchReference" on source: Get "https://127.0.0.1:1/v2/foo/manifests/1": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  ['HGR-404', 'Error: UPGRADE FAILED: execution error at (probe/templates/d.yaml:15:3): a domain is needed'],
  [
    'HGR-404',
    'Error: UPGRADE FAILED: probe/templates/d.yaml:18:7\n  executing "probe/templates/d.yaml" at <.a.b.c>:\n    nil pointer evaluating interface {}.b',
  ],
  [
    'HGR-404',
    'Release "z3" does not exist. Installing it now.\nError: YAML parse error on probe/templates/x.yaml: error converting YAML to JSON: yaml: line 3: found unexpected end of stream',
  ],
  ['HGR-404', 'Error: parse error at (probe/templates/x.yaml:1): function "nope" not defined'],
  [
    'HGR-405',
    'Release "c" does not exist. Installing it now.\nError: resource Deployment/t/c not ready. status: InProgress, message: Available: 0/1\ncontext deadline exceeded',
  ],
  ['HGR-406', 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress'],
  [
    'HGR-407',
    'level=WARN msg="upgrade failed" name=a error="…"\nError: UPGRADE FAILED: failed to create typed patch object (t/a; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:3}',
  ],
  ['HGR-407', 'Error: Deployment.apps "b" is invalid: spec.template.spec.containers[0].image: Required value'],
  [
    'HGR-407',
    'Error: unable to build kubernetes objects from release manifest: resource mapping not found for name: "x" namespace: "" from "": no matches for kind "Thing" in version "example.com/v1"\nensure CRDs are installed first',
  ],
  [
    'HGR-407',
    'Error: unable to continue with install: ConfigMap "a" in namespace "t" exists and cannot be imported into the current release: invalid ownership metadata',
  ],
  ['HGR-407', 'Error: release name is invalid: a_B'],
  ['HGR-409', 'Release k has been cancelled.\nError: context canceled'],
  [
    'HGR-401',
    'Error: kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'HGR-401',
    'Error: kubernetes cluster unreachable: Get "https://nowhere.invalid:1/version": dial tcp: lookup nowhere.invalid: no such host',
  ],
  ['HGR-402', 'Error: kubernetes cluster unreachable: the server has asked for the client to provide credentials'],
  [
    'HGR-402',
    'Error: query: failed to query with labels: secrets is forbidden: User "x" cannot list resource "secrets" in API group "" in the namespace "flyte"',
  ],
  ['HGR-499', 'Error: something nobody has seen'],
];

test.each(messages)('%s: %s', (code, stderr) => {
  const error = classifyHelmError(stderr, release);
  expect(error).toMatchObject({ code, resource: 'release flyte/flyte' });
  expect(error.message).not.toMatch(/level=|Error:|does not exist\. Installing|UPGRADE FAILED/);
  expect(error.message).not.toContain('\n');
  expect(error.next).toMatch(/\.$/);
});

test('a schema error names every value by its path, in an order of its own', () => {
  const stderr = [
    "Error: UPGRADE FAILED: values don't meet the specifications of the schema(s) in the following chart(s):",
    'probe:',
    "- at '/storage': missing property 'bucket'",
    "- at '/replicas': minimum: got 0, want 1",
    "- at '': missing property 'image'",
  ].join('\n');
  expect(classifyHelmError(stderr, release).problems.map(({ message }) => message)).toEqual([
    "value (top): missing property 'image'",
    'value replicas: minimum: got 0, want 1',
    "value storage: missing property 'bucket'",
  ]);
  expect(classifyHelmError(stderr, { ...release, valuesKey: 'flyte.values' })).toMatchObject({
    code: 'HGR-404',
    problems: [
      { path: 'flyte.values', message: "missing property 'image'" },
      { path: 'flyte.values.replicas', message: 'minimum: got 0, want 1' },
      { path: 'flyte.values.storage', message: "missing property 'bucket'" },
    ],
  });
});

test('a very long message is cut', () => {
  expect(classifyHelmError(`Error: ${'x'.repeat(5000)}`, release).message.length).toBeLessThan(700);
});
