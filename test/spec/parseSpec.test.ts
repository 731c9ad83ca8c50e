import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { minimalSpec } from './minimalSpec.js';

describe('parseSpec', () => {
  it('fills in every default', () => {
    expect(parseSpec(minimalSpec)).toEqual({
      version: 1,
      name: 'research',
      cloud: 'aws',
      region: 'us-east-1',
      account: '123456789012',
      size: 'small',
      flyte: {
        version: '1.16.8',
        distribution: 'core',
        components: { console: true, datacatalog: true, scheduler: 'native', notifications: true },
        projects: [{ id: 'flytesnacks', domains: ['development', 'staging', 'production'] }],
        values: {},
      },
      network: { cidr: '10.0.0.0/16', flowLogs: true },
      cluster: { version: '1.33', publicAccess: [], gpu: false, logRetentionDays: 30 },
      database: { backupDays: 7, deletionProtection: false },
      bucket: {},
      dns: {},
      onFailure: 'rollback',
      tags: {},
    });
  });

  it('takes its own output again, unchanged', () => {
    const spec = parseSpec({ ...minimalSpec, lifetime: { ttl: '8h' }, network: { cidr: '10.1.0.0/16' } });
    expect(parseSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it('does not change what it is given', () => {
    const input = { ...minimalSpec, siez: 'small', flyte: { versoin: '1' } };
    const before = JSON.stringify(input);
    expect(() => parseSpec(input)).toThrow(HangarError);
    expect(JSON.stringify(input)).toBe(before);
  });

  it('tells all mistakes in the message, on one line', () => {
    try {
      parseSpec({ ...minimalSpec, siez: 'small', account: 123456789012, network: { cidr: '10.0.0.0/24' } });
      expect.unreachable();
    } catch (error) {
      expect((error as HangarError).message).toBe(
        'The deployment has 3 mistakes: account: must be text: write it in quotes, "123456789012"; ' +
          'siez: is not a known key (did you mean size?); ' +
          'network.cidr: a /24 is too small for public, private and database subnets in 3 zones; use /16 to /20',
      );
    }
  });

  it('gives a deployment or a HangarError with problems for any data at all', () => {
    const key = fc.constantFrom('version', 'name', 'cloud', 'flyte', 'network', 'tags', 'cluster', '__proto__', 'x');
    const data = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(key, tie('any'), { maxKeys: 5 })),
    })).any;
    fc.assert(
      fc.property(data, (value) => {
        try {
          parseSpec(value);
        } catch (error) {
          expect(error).toBeInstanceOf(HangarError);
          expect((error as HangarError).problems.length).toBeGreaterThan(0);
          for (const { message } of (error as HangarError).problems) expect(message).not.toMatch(/\n|Invalid|expected/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('runs where code may not be made from text, as in a workflow', () => {
    const original = globalThis.Function;
    globalThis.Function = (() => {
      throw new Error('code from text');
    }) as unknown as FunctionConstructor;
    try {
      expect(parseSpec(minimalSpec).name).toBe('research');
    } finally {
      globalThis.Function = original;
    }
  });
});
