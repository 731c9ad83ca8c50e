import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartArguments, chartSource } from '../../src/helm/chartSource.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hangar-charts-'));
  mkdirSync(path.join(folder, 'flyte-core'));
  writeFileSync(path.join(folder, 'flyte-core', 'Chart.yaml'), 'name: flyte-core');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = (address: string, mirror?: string, chart = 'flyte-core') =>
  chartSource({ chart, address, version: '1.16.8', ...(mirror ? { mirror } : {}) });

test('a repository', () => {
  const found = source('https://helm.flyte.org');
  expect(chartArguments(found)).toEqual(['flyte-core', '--repo', 'https://helm.flyte.org', '--version', '1.16.8']);
});

test('a registry', () => {
  const found = source('oci://registry.example/charts/flyte-core');
  expect(chartArguments(found)).toEqual(['oci://registry.example/charts/flyte-core', '--version', '1.16.8']);
});

test("a folder: the chart's own, or one that holds it by name", () => {
  const chart = path.join(folder, 'flyte-core');
  expect(chartArguments(source(chart))).toEqual([chart]);
  expect(chartArguments(source(folder))).toEqual([chart]);
});

test('a mirror stands in for repositories and registries, not for a folder that was named', () => {
  const chart = path.join(folder, 'flyte-core');
  expect(chartArguments(source('https://helm.flyte.org', folder))).toEqual([chart]);
  expect(chartArguments(source('oci://registry.example/flyte-core', folder))).toEqual([chart]);
  expect(chartArguments(source(chart, '/nowhere'))).toEqual([chart]);
});

test('a chart that is not in its folder or in the mirror is HGR-403', () => {
  expect(() => source('/nowhere')).toThrow(expect.objectContaining({ code: 'HGR-403' }));
  expect(() => source('https://helm.flyte.org', folder, 'flyte-binary')).toThrow(
    expect.objectContaining({ code: 'HGR-403', next: expect.stringContaining('HANGAR_CHART_MIRROR') }),
  );
});

test('an address with a password is refused and not repeated', () => {
  try {
    source('https://user:hunter2@charts.example');
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'HGR-403' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  }
});
