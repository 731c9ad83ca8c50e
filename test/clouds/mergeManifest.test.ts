import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/clouds/manifestSchema.js';
import { mergeManifest } from '../../src/clouds/mergeManifest.js';
import type { Manifest, ManifestChange } from '../../src/graph/Manifest.js';
import { stepNames } from '../../src/graph/StepName.js';
import { deploymentSpec } from '../../src/spec/DeploymentSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';

const spec = deploymentSpec.parse(minimalSpec);
const by = {
  workflow: { workflowId: 'flyte/research', runId: 'run' },
  versions: { hangar: '0.1.0' },
  now: new Date('2026-01-02T03:04:05Z'),
};
const step = fc.constantFrom(...stepNames);
const error = fc.record({ code: fc.constantFrom('HGR-301', 'HGR-605'), message: fc.string() });
const changes: fc.Arbitrary<ManifestChange> = fc
  .record(
    {
      phase: fc.constantFrom('creating', 'ready', 'failed'),
      expires: fc.constant('2026-02-01T00:00:00.000Z'),
      steps: fc.dictionary(step, fc.record({ state: fc.constantFrom('running', 'done', 'failed') })),
      outputs: fc.dictionary(step, fc.option(fc.dictionary(fc.constantFrom('a', 'b'), fc.integer()))),
      error: fc.option(error),
      leftovers: fc.array(fc.record({ step, resource: fc.string(), reason: fc.string() })),
    },
    { requiredKeys: [] },
  )
  .map((change) => ({ ...change, spec }) as ManifestChange);

const applyAll = (list: readonly ManifestChange[]) =>
  list.reduce<Manifest | undefined>((manifest, change) => mergeManifest(manifest, change, by), undefined)!;

describe('mergeManifest', () => {
  it('gives a manifest that can be read again, unchanged', () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1 }), (list) => {
        const manifest = applyAll(list);
        expect(manifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
      }),
    );
  });

  it('is as good once as twice', () => {
    fc.assert(
      fc.property(fc.array(changes), changes, (list, last) => {
        expect(applyAll([...list, last, last])).toEqual(applyAll([...list, last]));
      }),
    );
  });

  it('keeps what steps that end at the same moment write, in whichever order', () => {
    const part = (name: (typeof stepNames)[number]): ManifestChange =>
      ({ spec, steps: { [name]: { state: 'done' } }, outputs: { [name]: { value: 1 } } }) as ManifestChange;
    fc.assert(
      fc.property(fc.shuffledSubarray([...stepNames], { minLength: 1 }), (order) => {
        const manifest = applyAll(order.map(part));
        expect(Object.keys(manifest.steps).sort()).toEqual([...order].sort());
        expect(Object.keys(manifest.outputs).sort()).toEqual([...order].sort());
      }),
    );
  });

  it('takes away outputs and the error that are given as null', () => {
    const failed = applyAll([
      { spec, outputs: { egress: { nat_addresses: [] } }, error: { code: 'HGR-605', message: 'no' } },
    ]);
    const after = mergeManifest(failed, { spec, outputs: { egress: null }, error: null }, by);
    expect(failed.error).toBeDefined();
    expect(after.outputs).toEqual({});
    expect(after).not.toHaveProperty('error');
  });

  it('keeps when it was made, and who wrote last', () => {
    const first = applyAll([{ spec }]);
    const later = {
      ...by,
      now: new Date('2026-01-03T00:00:00Z'),
      workflow: { workflowId: 'flyte/research', runId: 'two' },
    };
    const second = mergeManifest(first, { spec, phase: 'ready' }, later);
    expect(second).toMatchObject({
      createdAt: '2026-01-02T03:04:05.000Z',
      updatedAt: '2026-01-03T00:00:00.000Z',
      workflow: { runId: 'two' },
      phase: 'ready',
    });
  });
});
