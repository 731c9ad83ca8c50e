import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { flyteChart } from '../../src/flyte/flyteChart.js';
import { flyteSpec } from './flyteFixture.js';

const mirror = path.resolve(import.meta.dirname, '../../local/charts');

describe('flyteChart', () => {
  test("is Flyte's own by default, in the version that belongs to the file's", () => {
    expect(flyteChart(flyteSpec(), {})).toEqual({
      kind: 'repository',
      repository: 'https://helm.flyte.org',
      chart: 'flyte-core',
      version: 'v1.16.8',
    });
    const binary = flyteSpec({ flyte: { distribution: 'binary', version: '1.14.1' } });
    expect(flyteChart(binary, {})).toMatchObject({ chart: 'flyte-binary', version: 'v1.14.1' });
  });

  test('may be an OCI address or another repository', () => {
    const oci = flyteSpec({ flyte: { chart: 'oci://registry.example/charts/flyte-core' } });
    expect(flyteChart(oci, {})).toEqual({
      kind: 'oci',
      reference: 'oci://registry.example/charts/flyte-core',
      version: 'v1.16.8',
    });
    const repository = flyteSpec({ flyte: { chart: 'https://charts.example' } });
    expect(flyteChart(repository, {})).toMatchObject({ kind: 'repository', repository: 'https://charts.example' });
  });

  test('comes from the mirror where there is one, but for a folder that the file gives', () => {
    expect(flyteChart(flyteSpec(), { chartMirror: mirror })).toEqual({
      kind: 'folder',
      path: path.join(mirror, 'flyte-core'),
    });
    const own = flyteSpec({ flyte: { chart: path.join(mirror, 'flyte-binary'), distribution: 'binary' } });
    expect(flyteChart(own, { chartMirror: '/nowhere' })).toEqual({
      kind: 'folder',
      path: path.join(mirror, 'flyte-binary'),
    });
  });
});
