import type { LoadBalancerAddresses } from '../load-balancer/loadBalancerRegistry.js';
import { type DnsRecord, recordTypes, responseCodes } from './dnsMessage.js';

/** A hosted zone of the emulator, as far as names go. Names are lower case, without the last dot. */
export interface Zone {
  readonly name: string;
  readonly records: readonly ZoneRecord[];
}

export interface ZoneRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly values: readonly string[];
  /** Target of an alias record. */
  readonly alias?: string;
}

export interface Resolution {
  readonly code: number;
  readonly records: readonly DnsRecord[];
}

/** CNAMEs that are followed before the chain counts as a loop. */
const longestChain = 8;
/** As Route 53 answers for aliases to load balancers. */
const aliasTtl = 60;

/**
 * Answers a question from hosted zones and load balancers; aliases are answered with the addresses behind them, CNAMEs
 * with the whole chain. A name in no zone is refused: this server asks nobody else.
 */
export function resolveName(
  asked: string,
  type: number,
  zones: readonly Zone[],
  loadBalancers: LoadBalancerAddresses,
): Resolution {
  const records: DnsRecord[] = [];
  let name = asked;
  for (let step = 0; step < longestChain; step++) {
    const address = loadBalancerAddress(name, loadBalancers);
    if (address) {
      if (type === recordTypes.A) records.push({ name, type: 'A', ttl: aliasTtl, value: address });
      return { code: responseCodes.ok, records };
    }
    const zone = zoneOf(name, zones);
    if (!zone) return { code: step > 0 ? responseCodes.ok : responseCodes.refused, records };
    const here = zone.records.filter((record) => record.name === name || matchesWildcard(record.name, name));
    if (here.length === 0 && name !== zone.name)
      return { code: records.length > 0 ? responseCodes.ok : responseCodes.noSuchName, records };
    const cname = here.find((record) => record.type === 'CNAME' && record.values[0]);
    if (cname && type !== recordTypes.CNAME) {
      const value = plainName(cname.values[0]!);
      records.push({ name, type: 'CNAME', ttl: cname.ttl, value });
      name = value;
      continue;
    }
    records.push(...here.flatMap((record) => answersOf(record, name, type, zones, loadBalancers)));
    return { code: responseCodes.ok, records };
  }
  return { code: responseCodes.serverFailure, records: [] };
}

function answersOf(
  record: ZoneRecord,
  name: string,
  type: number,
  zones: readonly Zone[],
  loadBalancers: LoadBalancerAddresses,
): DnsRecord[] {
  if (recordTypes[record.type as keyof typeof recordTypes] !== type) return [];
  if (record.alias) {
    const target = resolveName(plainName(record.alias).replace(/^dualstack\./, ''), type, zones, loadBalancers);
    return target.records.filter((found) => found.type === 'A').map((found) => ({ ...found, name }));
  }
  if (!['A', 'CNAME', 'TXT', 'NS'].includes(record.type)) return [];
  return record.values.map((value) => ({ name, type: record.type as DnsRecord['type'], ttl: record.ttl, value }));
}

function loadBalancerAddress(name: string, loadBalancers: LoadBalancerAddresses): string | undefined {
  return Object.entries(loadBalancers).find(([hostname]) => hostname.toLowerCase() === name)?.[1].address;
}

/** The zone with the longest name that holds the name. */
function zoneOf(name: string, zones: readonly Zone[]): Zone | undefined {
  return zones
    .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
    .toSorted((one, other) => other.name.length - one.name.length)[0];
}

const matchesWildcard = (pattern: string, name: string): boolean =>
  pattern.startsWith('*.') && name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1;

/** Route 53 writes `*` as `\052` and ends names with a dot. */
export const plainName = (name: string): string => name.toLowerCase().replace('\\052', '*').replace(/\.$/, '');
