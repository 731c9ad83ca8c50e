import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { plainName, type Zone } from './resolveName.js';

/** All hosted zones of the emulator with their records. */
export async function readZones(client: Route53Client): Promise<Zone[]> {
  const { HostedZones = [] } = await client.send(new ListHostedZonesCommand({}));
  return Promise.all(
    HostedZones.map(
      async ({ Id, Name = '' }): Promise<Zone> => ({
        name: plainName(Name),
        records: (await readRecords(client, Id)).map((set) => ({
          name: plainName(set.Name ?? ''),
          type: set.Type ?? '',
          ttl: set.TTL ?? 60,
          values: (set.ResourceRecords ?? []).map(({ Value = '' }) => Value),
          ...(set.AliasTarget?.DNSName ? { alias: set.AliasTarget.DNSName } : {}),
        })),
      }),
    ),
  );
}

async function readRecords(client: Route53Client, HostedZoneId: string | undefined): Promise<ResourceRecordSet[]> {
  const records: ResourceRecordSet[] = [];
  let next: { StartRecordName?: string; StartRecordType?: ResourceRecordSet['Type'] } = {};
  for (;;) {
    const page = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...next }));
    records.push(...(page.ResourceRecordSets ?? []));
    if (!page.IsTruncated) return records;
    next = {
      ...(page.NextRecordName ? { StartRecordName: page.NextRecordName } : {}),
      ...(page.NextRecordType ? { StartRecordType: page.NextRecordType } : {}),
    };
  }
}
