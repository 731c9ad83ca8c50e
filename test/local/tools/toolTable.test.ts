import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../local/packageRoot.js';
import { nodePlatform } from '../../../local/tools/platform.js';
import { type Tool, type ToolName, toolNames } from '../../../local/tools/Tool.js';
import { toolTable } from '../../../local/tools/toolTable.js';

const byName = new Map(toolTable.map((tool) => [tool.name, tool]));

function allNeeds(tool: Tool, seen: readonly ToolName[] = []): ToolName[] {
  expect(seen, `${tool.name} needs itself`).not.toContain(tool.name);
  return (tool.needs ?? []).flatMap((name) => [name, ...allNeeds(byName.get(name)!, [...seen, tool.name])]);
}

describe('toolTable', () => {
  it('has one row for each tool', () => {
    expect(toolTable.map((tool) => tool.name).sort()).toEqual([...toolNames].sort());
  });

  it.each(toolTable)('pins $name', ({ version, sources }) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(sources.length).toBeGreaterThan(0);
  });

  it.each(toolTable)('has a source of $name for this machine', ({ sources }) => {
    const fitting = sources.filter(({ platforms }) => platforms === undefined || platforms.includes(nodePlatform));
    expect(fitting.length).toBeGreaterThan(0);
  });

  it.each(toolTable)('knows what $name needs, and not itself', (tool) => {
    for (const name of allNeeds(tool)) expect(byName.has(name)).toBe(true);
  });

  it.each(toolTable.flatMap(({ name, version, existing }) => (existing?.accepts ? [{ name, version, existing }] : [])))(
    'accepts its own version of $name where it finds one',
    ({ version, existing }) => {
      expect(existing.accepts?.test(version)).toBe(true);
      expect(existing.accepts?.test('0.1.0')).toBe(false);
    },
  );

  it.each(['moto.txt', 'checkov.txt'])('pins every Python package of %s', (file) => {
    const lines = readFileSync(join(packageRoot, 'local/tools/requirements', file), 'utf8')
      .trim()
      .split('\n');
    const packages = lines.filter((line) => !line.startsWith('#'));
    expect(packages.length).toBeGreaterThan(10);
    for (const line of packages) expect(line).toMatch(/^[\w.-]+==[\w.+!-]+$/);
  });

  it('builds the Kubernetes that its go.mod names', () => {
    const goMod = readFileSync(join(packageRoot, 'local/kubernetes/control-plane/go.mod'), 'utf8');
    expect(goMod).toContain(`k8s.io/kubernetes v${byName.get('control-plane')!.version}`);
  });
});
