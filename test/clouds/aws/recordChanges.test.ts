import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRecords, ownerRecord, recordChanges } from '../../../src/clouds/aws/recordChanges.js';

const domain = 'flyte.example.com';
const alias = { name: 'k8s-1.us-east-1.elb.amazonaws.com', zone: 'Z35SXDOTRQ7X7K' };

/** What a zone holds after a batch, as Route 53 applies it; it refuses a CNAME beside other records of the name. */
function apply(present: readonly ResourceRecordSet[], changes: ReturnType<typeof recordChanges>): ResourceRecordSet[] {
  if (changes === 'taken') throw new Error('taken');
  let records = [...present];
  for (const { Action, ResourceRecordSet: record } of changes) {
    const others = records.filter(({ Name, Type }) => Name !== record?.Name || Type !== record?.Type);
    if (Action === 'DELETE' && others.length === records.length) throw new Error('not there');
    records = Action === 'DELETE' ? others : [...others, record!];
    const types = records.filter(({ Name }) => Name === domain).map(({ Type }) => Type);
    if (types.includes('CNAME') && types.length > 1) throw new Error('CNAME beside others');
  }
  return records;
}

const targets = fc.oneof(
  fc.record({
    name: fc.constantFrom('a.elb.amazonaws.com', 'b.elb.amazonaws.com'),
    zone: fc.constant('Z1'),
    dualstack: fc.boolean(),
  }),
  fc.record({ name: fc.constantFrom('10.0.0.1', '10.0.0.2', 'lb.example.net') }),
);

describe('recordChanges', () => {
  it('leads from any target to any other, and then has nothing left to change', () => {
    fc.assert(
      fc.property(fc.array(targets, { minLength: 1, maxLength: 5 }), (path) => {
        let zone: ResourceRecordSet[] = [];
        for (const target of path) {
          const wanted = addressRecords(domain, 'example.com', target);
          zone = apply(zone, recordChanges('research', domain, zone, wanted));
          expect(zone).toHaveLength(wanted.length + 1);
          expect(recordChanges('research', domain, zone, wanted)).toEqual([]);
        }
        expect(apply(zone, recordChanges('research', domain, zone, []))).toEqual([]);
      }),
    );
  });

  it('takes over no name that is not its own', () => {
    const wanted = addressRecords(domain, 'example.com', alias);
    const theirs: ResourceRecordSet = { Name: domain, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] };
    expect(recordChanges('research', domain, [theirs], wanted)).toBe('taken');
    expect(recordChanges('research', domain, [ownerRecord('other', domain), theirs], wanted)).toBe('taken');
    expect(recordChanges('research', domain, [theirs], [])).toBe('taken');
  });

  it('leaves records of other kinds at the name alone', () => {
    const mail: ResourceRecordSet = { Name: domain, Type: 'MX', TTL: 60, ResourceRecords: [{ Value: '10 mx' }] };
    const wanted = addressRecords(domain, domain, alias);
    const zone = apply([mail], recordChanges('research', domain, [mail], wanted));
    expect(apply(zone, recordChanges('research', domain, zone, []))).toEqual([mail]);
  });

  it('sees its own records in the way Route 53 writes them', () => {
    const wanted = addressRecords(domain, 'example.com', alias);
    const stored = [ownerRecord('research', domain), ...wanted].map((record) => ({
      ...record,
      Name: `${record.Name}.`,
      ...(record.AliasTarget ? { AliasTarget: { ...record.AliasTarget, DNSName: `${alias.name}.` } } : {}),
    }));
    expect(recordChanges('research', domain, stored, wanted)).toEqual([]);
  });
});

describe('addressRecords', () => {
  it('refuses a CNAME at the apex of a zone', () => {
    expect(() => addressRecords(domain, domain, { name: 'lb.example.net' })).toThrowError(
      expect.objectContaining({ code: 'HGR-205' }),
    );
    expect(addressRecords(domain, domain, alias)[0]).toMatchObject({
      Type: 'A',
      AliasTarget: { HostedZoneId: alias.zone },
    });
    expect(addressRecords(domain, domain, { name: '192.0.2.7' })[0]).toMatchObject({ Type: 'A' });
  });
});
