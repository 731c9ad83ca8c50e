import { describe, expect, test } from 'vitest';
import { recordTypes, responseCodes } from '../../../local/dns/dnsMessage.js';
import { plainName, resolveName, type Zone, type ZoneRecord } from '../../../local/dns/resolveName.js';

const balancers = { 'K8s-Flyte-1.us-east-1.elb.amazonaws.com': { address: '127.77.1.2', ports: {} } };
const record = (name: string, type: string, ...values: string[]): ZoneRecord => ({ name, type, ttl: 300, values });
const alias = (name: string, target: string): ZoneRecord => ({ ...record(name, 'A'), alias: target });

const zones: Zone[] = [
  {
    name: 'example.com',
    records: [
      record('example.com', 'SOA', 'x'),
      record('www.example.com', 'A', '10.0.0.1', '10.0.0.2'),
      record('text.example.com', 'TXT', '"hello"'),
      record('cname.example.com', 'CNAME', 'www.example.com.'),
      record('loop.example.com', 'CNAME', 'loop.example.com.'),
      record('away.example.com', 'CNAME', 'elsewhere.org.'),
      record('dangling.example.com', 'CNAME', 'nothing.example.com.'),
      alias('flyte.example.com', 'dualstack.k8s-flyte-1.us-east-1.elb.amazonaws.com.'),
      alias('gone.example.com', 'k8s-gone-1.us-east-1.elb.amazonaws.com.'),
      record('*.wild.example.com', 'A', '10.0.0.3'),
    ],
  },
  { name: 'sub.example.com', records: [record('a.sub.example.com', 'A', '10.0.0.4')] },
];

const ask = (name: string, type: keyof typeof recordTypes = 'A') =>
  resolveName(name, recordTypes[type], zones, balancers);
const values = (name: string, type?: keyof typeof recordTypes) => ask(name, type).records.map(({ value }) => value);

describe('names in a zone', () => {
  test('addresses, text, and no record of the type', () => {
    expect(values('www.example.com')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(values('text.example.com', 'TXT')).toEqual(['"hello"']);
    expect(ask('www.example.com', 'AAAA')).toEqual({ code: responseCodes.ok, records: [] });
  });

  test('a name that is not there is told apart from one in no zone', () => {
    expect(ask('nothing.example.com').code).toBe(responseCodes.noSuchName);
    expect(ask('elsewhere.org').code).toBe(responseCodes.refused);
    expect(ask('notexample.com').code).toBe(responseCodes.refused);
    expect(ask('example.com').code).toBe(responseCodes.ok);
  });

  test('the zone with the longest name answers', () => {
    expect(values('a.sub.example.com')).toEqual(['10.0.0.4']);
    expect(ask('www.sub.example.com').code).toBe(responseCodes.noSuchName);
  });

  test('a wildcard covers what is below it, not itself', () => {
    expect(values('x.wild.example.com')).toEqual(['10.0.0.3']);
    expect(ask('wild.example.com').code).toBe(responseCodes.noSuchName);
  });
});

describe('chains', () => {
  test('a CNAME is answered with what it leads to', () => {
    expect(ask('cname.example.com').records).toMatchObject([
      { name: 'cname.example.com', type: 'CNAME', value: 'www.example.com' },
      { name: 'www.example.com', type: 'A', value: '10.0.0.1' },
      { name: 'www.example.com', type: 'A', value: '10.0.0.2' },
    ]);
  });

  test('one that leads away or nowhere ends there, a loop is a failure', () => {
    expect(values('away.example.com')).toEqual(['elsewhere.org']);
    expect(values('dangling.example.com')).toEqual(['nothing.example.com']);
    expect(ask('loop.example.com').code).toBe(responseCodes.serverFailure);
  });
});

describe('load balancers', () => {
  test('are known by their own name, in whatever case', () => {
    expect(values('k8s-flyte-1.us-east-1.elb.amazonaws.com')).toEqual(['127.77.1.2']);
  });

  test('an alias gives the address under the name that was asked for', () => {
    expect(ask('flyte.example.com').records).toEqual([
      { name: 'flyte.example.com', type: 'A', ttl: 60, value: '127.77.1.2' },
    ]);
  });

  test('an alias to one that is gone has no address', () => {
    expect(ask('gone.example.com')).toEqual({ code: responseCodes.ok, records: [] });
  });
});

test('names as Route 53 writes them', () => {
  expect(plainName('\\052.Example.COM.')).toBe('*.example.com');
});
