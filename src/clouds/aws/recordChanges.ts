import { isIPv4 } from 'node:net';
import type { Change, ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { HangarError } from '../../errors/HangarError.js';

/** Seconds; short, because a load balancer made anew has another name. */
const TTL = 60;
const addressTypes = ['A', 'AAAA', 'CNAME'];

/** What a deployment's name points at. */
export interface RecordTarget {
  /** Host name or IPv4 address. */
  readonly name: string;
  /** Hosted zone of an AWS load balancer: makes an alias, which also works at a zone's apex. */
  readonly zone?: string;
  readonly dualstack?: boolean;
}

/** The record that says whose the domain's address records are. */
export function ownerRecord(deployment: string, domain: string): ResourceRecordSet & { Name: string } {
  const Value = `"heritage=hangar,deployment=${deployment}"`;
  return { Name: `_hangar.${domain}`, Type: 'TXT', TTL, ResourceRecords: [{ Value }] };
}

/**
 * The address records of a domain: an alias to an AWS load balancer, else A for an address, else CNAME.
 * @throws HGR-205 where only a CNAME would do and the domain is the zone's apex, where DNS allows none
 */
export function addressRecords(domain: string, zoneName: string | null, target: RecordTarget): ResourceRecordSet[] {
  if (target.zone) {
    const AliasTarget = { HostedZoneId: target.zone, DNSName: target.name, EvaluateTargetHealth: false };
    const types: RRType[] = target.dualstack ? ['A', 'AAAA'] : ['A'];
    return types.map((Type) => ({ Name: domain, Type, AliasTarget }));
  }
  if (!isIPv4(target.name) && domain === zoneName) {
    throw new HangarError('HGR-205', `${domain} is its zone's apex and cannot be an alias of ${target.name}`, {
      resource: domain,
      next: 'Use a domain below the zone.',
    });
  }
  const Type = isIPv4(target.name) ? 'A' : 'CNAME';
  return [{ Name: domain, Type, TTL, ResourceRecords: [{ Value: target.name }] }];
}

/**
 * The changes that lead from the records present to those wanted; empty when they are the same. `taken` when the name has
 * address records and no mark of this deployment.
 * @param wanted empty: everything of this deployment goes
 */
export function recordChanges(
  deployment: string,
  domain: string,
  present: readonly ResourceRecordSet[],
  wanted: readonly ResourceRecordSet[],
): Change[] | 'taken' {
  const owner = ownerRecord(deployment, domain);
  const mark = present.find((record) => record.Type === 'TXT' && plain(record.Name) === owner.Name);
  const owned = mark?.ResourceRecords?.some(({ Value }) => Value === owner.ResourceRecords?.[0]?.Value);
  const addresses = present.filter(({ Name, Type }) => plain(Name) === domain && addressTypes.includes(Type ?? ''));
  if (!owned && (addresses.length > 0 || mark)) return 'taken';

  const target = wanted.length > 0 ? [owner, ...wanted] : [];
  const here = owned && mark ? [mark, ...addresses] : addresses;
  // Deletions first: a CNAME and an A of the same name exclude each other within one batch as well.
  return [
    ...here
      .filter((record) => !target.some((other) => other.Type === record.Type))
      .map((record): Change => ({ Action: 'DELETE', ResourceRecordSet: record })),
    ...target
      .filter((record) => !here.some((other) => same(record, other)))
      .map((record): Change => ({ Action: 'UPSERT', ResourceRecordSet: record })),
  ];
}

function same(one: ResourceRecordSet, other: ResourceRecordSet): boolean {
  const facts = (record: ResourceRecordSet) => [
    plain(record.Name),
    record.Type,
    record.AliasTarget ? [record.AliasTarget.HostedZoneId, plain(record.AliasTarget.DNSName)] : record.TTL,
    record.ResourceRecords?.map(({ Value }) => Value).sort() ?? [],
  ];
  return JSON.stringify(facts(one)) === JSON.stringify(facts(other));
}

/** Route 53 answers with a dot at the end, and in small letters. */
function plain(name: string | undefined): string {
  return (name ?? '').replace(/\.$/, '').toLowerCase();
}
