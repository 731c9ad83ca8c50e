import { describe, expect, it } from 'vitest';
import type { HangarError } from '../../../src/errors/HangarError.js';
import type { DeploymentSpecInput } from '../../../src/spec/DeploymentSpec.js';
import { parseSpec } from '../../../src/spec/parseSpec.js';
import { existingNetwork, minimalSpec } from '../minimalSpec.js';

type Change = Partial<DeploymentSpecInput>;

function errorOf(change: Change): HangarError {
  try {
    parseSpec({ ...minimalSpec, ...change });
  } catch (error) {
    return error as HangarError;
  }
  throw new Error(`accepted ${JSON.stringify(change)}`);
}

const pool = (more: object) => ({ name: 'workers', instanceTypes: ['m7i.large'], min: 1, max: 3, ...more });

/** Each mistake alone: the path that is named and words of the message. */
const mistakes: [string, Change, string, RegExp, string?][] = [
  ['gcp', { cloud: 'gcp', region: 'us-central1', account: 'my-project' }, 'cloud', /gcp is not yet in this version/],
  [
    'azure',
    { cloud: 'azure', region: 'westeurope', account: '01234567-89ab-cdef-0123-456789abcdef' },
    'cloud',
    /azure is not yet in this version/,
  ],
  ['a short account', { account: '12345678901' }, 'account', /12 digits/],
  ['an account with hyphens', { account: '1234-5678-9012' }, 'account', /12 digits/, '123456789012'],
  ['a misspelt region', { region: 'us-esat-1' }, 'region', /not a region of aws/, 'us-east-1'],
  ['a zone for a region', { region: 'eu-west-1b' }, 'region', /is a zone/, 'eu-west-1'],
  ['another partition', { region: 'us-gov-west-1' }, 'region', /GovCloud/],
  ["another cloud's region", { region: 'europe-west1' }, 'region', /not a region of aws/],
  ['a domain without dot', { domain: 'localhost' }, 'domain', /has no dot/],
  ['a domain in capitals', { domain: 'Flyte.Example.com' }, 'domain', /lower case/, 'flyte.example.com'],
  ['a domain too long for a certificate', { domain: `${'a'.repeat(60)}.example.com` }, 'domain', /72 characters/],
  ['an address for a domain', { domain: '10.0.0.1' }, 'domain', /must be a name/],
  [
    'the console off in the binary',
    { flyte: { distribution: 'binary', components: { console: false } } },
    'flyte.components.console',
    /always serves the console/,
  ],
  ['an unsafe chart address', { flyte: { chart: 'http://charts.example.com' } }, 'flyte.chart', /not http:/],
  [
    'a password in the chart address',
    { flyte: { chart: 'oci://me:secret@example.com/flyte' } },
    'flyte.chart',
    /must not hold a user or password/,
  ],
  [
    'a namespace too long',
    { flyte: { projects: [{ id: 'p'.repeat(60), domains: ['development'] }] } },
    'flyte.projects[0].domains[0]',
    /72 characters, 63 are allowed/,
  ],
  [
    'two domains with one namespace',
    {
      flyte: {
        projects: [
          { id: 'a', domains: ['b-c'] },
          { id: 'a-b', domains: ['c'] },
        ],
      },
    },
    'flyte.projects[1].domains[0]',
    /share the namespace a-b-c/,
  ],
  ['a project twice', { flyte: { projects: [{ id: 'a' }, { id: 'a' }] } }, 'flyte.projects[1].id', /there twice/],
  [
    'a domain twice',
    { flyte: { projects: [{ id: 'a', domains: ['x', 'x'] }] } },
    'flyte.projects[0].domains[1]',
    /there twice/,
  ],
  [
    "a namespace of Kubernetes' own",
    { flyte: { projects: [{ id: 'kube', domains: ['system'] }] } },
    'flyte.projects[0].domains[0]',
    /Kubernetes' own/,
  ],
  [
    'a private range for public access',
    { cluster: { publicAccess: ['10.0.0.0/8'] } },
    'cluster.publicAccess[0]',
    /is private/,
  ],
  [
    'an inexact range for public access',
    { cluster: { publicAccess: ['8.8.8.8/24'] } },
    'cluster.publicAccess[0]',
    /not the first address/,
    '8.8.8.0/24',
  ],
  [
    'public access twice',
    { cluster: { publicAccess: ['8.8.8.0/24', '8.8.8.0/24'] } },
    'cluster.publicAccess[1]',
    /there twice/,
  ],
  [
    'a range beside an existing network',
    { network: { existing: existingNetwork, cidr: '10.1.0.0/16' } },
    'network.cidr',
    /no effect with network.existing/,
  ],
  [
    'a subnet twice',
    { network: { existing: { ...existingNetwork, privateSubnets: ['subnet-0000000c', 'subnet-0000000c'] } } },
    'network.existing.privateSubnets[1]',
    /there twice/,
  ],
  [
    'a wrong subnet id',
    { network: { existing: { ...existingNetwork, publicSubnets: ['subnet-0000000a', 'public'] } } },
    'network.existing.publicSubnets[1]',
    /id of a subnet/,
  ],
  [
    'an existing cluster alone',
    { cluster: { existing: { name: 'ours' } } },
    'cluster.existing',
    /needs network.existing/,
  ],
  [
    'the version of an existing cluster',
    { network: { existing: existingNetwork }, cluster: { existing: { name: 'ours' }, version: '1.32' } },
    'cluster.version',
    /no effect with cluster.existing/,
  ],
  [
    'lifecycle of an existing bucket',
    { bucket: { existing: { name: 'our-bucket' }, rawDataDays: 7 } },
    'bucket.rawDataDays',
    /no effect/,
  ],
  ['an existing zone without domain', { dns: { existing: { zone: 'Z123' } } }, 'dns.existing', /needs a domain/],
  [
    'a bucket address for a name',
    { bucket: { existing: { name: 's3://our-bucket' } } },
    'bucket.existing.name',
    /without s3:/,
  ],
  ['a wrong database class', { database: { class: 'r7g.large' } }, 'database.class', /such as db\.r7g\.large/],
  [
    'a wrong instance type',
    { cluster: { nodePools: [pool({ instanceTypes: ['large'] })] } },
    'cluster.nodePools[0].instanceTypes[0]',
    /EC2 instance type/,
  ],
  [
    'more nodes at least than at most',
    { cluster: { nodePools: [pool({ min: 4 })] } },
    'cluster.nodePools[0].min',
    /more than max 3/,
  ],
  ['a node pool twice', { cluster: { nodePools: [pool({}), pool({})] } }, 'cluster.nodePools[1].name', /there twice/],
  ['only spot nodes', { cluster: { nodePools: [pool({ spot: true })] } }, 'cluster.nodePools', /without spot and gpu/],
  ['an odd log retention', { cluster: { logRetentionDays: 31 } }, 'cluster.logRetentionDays', /CloudWatch/, '60'],
  ['a maximum below the lifetime', { lifetime: { ttl: '8h', max: '240m' } }, 'lifetime.max', /less than ttl 8h/],
  ['a lifetime too short', { lifetime: { ttl: '0h' } }, 'lifetime.ttl', /30m or more/],
  ['a lifetime without end', { lifetime: { ttl: '1d', max: '999d' } }, 'lifetime.max', /more than 365d/],
  ['a tag of AWS', { tags: { 'AWS:team': 'a' } }, 'tags.AWS:team', /begin with aws:/],
  ['a tag of Hangar', { tags: { 'hangar:step': 'a' } }, 'tags.hangar:step', /begin with hangar:/],
  ['a tag that AWS refuses', { tags: { 'team#1': 'a' } }, 'tags.team#1', /letters, digits/],
  [
    'too many tags',
    { tags: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`t${i}`, 'x'])) },
    'tags',
    /41 tags, 40 are allowed/,
  ],
];

describe('guards', () => {
  it("check every project in every domain: Flyte's domains are global", () => {
    const projects = [
      { id: 'a', domains: ['d'.repeat(60)] },
      { id: 'beta', domains: ['x'] },
    ];
    const { problems } = errorOf({ flyte: { projects } });
    expect(problems.map((problem) => problem.path)).toEqual(['flyte.projects[1].id']);
    expect(problems[0]!.message).toMatch(/^the namespace beta-d+ has 65 characters/);
  });

  it.each(mistakes)('refuse %s', (_title, change, path, message, suggestion) => {
    const error = errorOf(change);
    expect(error.code).toBe('HGR-102');
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatchObject({ path, message: expect.stringMatching(message) });
    expect(error.problems[0]!.suggestion).toBe(suggestion);
  });

  it.each([
    ['10.0.0.0/24', /too small/],
    ['10.0.0.0/21', /too small/],
    ['10.0.0.0/12', /larger than an AWS network/],
    ['10.0.1.0/16', /not the first address/],
    ['8.8.0.0/16', /private range/],
  ])('refuse the network range %s with HGR-105', (cidr, message) => {
    const error = errorOf({ network: { cidr } });
    expect(error.code).toBe('HGR-105');
    expect(error.problems[0]).toMatchObject({ path: 'network.cidr', message: expect.stringMatching(message) });
  });

  it.each(['10.0.0.0/16', '10.32.16.0/20', '172.31.0.0/18', '192.168.0.0/16', '100.64.0.0/16'])(
    'accept the network range %s',
    (cidr) => {
      expect(parseSpec({ ...minimalSpec, network: { cidr } }).network.cidr).toBe(cidr);
    },
  );

  it.each([
    ['2.0.1', /Flyte 2 \(2\.0\.1\) is not supported/, undefined],
    ['v2', /Flyte 2/, undefined],
    ['1.12.0', /1\.13 to 1\.16/, undefined],
    ['1.17.0', /1\.13 to 1\.16/, undefined],
    ['v1.16.8', /without the v/, '1.16.8'],
    ['1.16', /no patch version/, undefined],
    ['latest', /not supported/, undefined],
  ])('refuse Flyte %s with HGR-104', (version, message, suggestion) => {
    const error = errorOf({ flyte: { version } });
    expect(error.code).toBe('HGR-104');
    expect(error.problems[0]).toMatchObject({ path: 'flyte.version', message: expect.stringMatching(message) });
    expect(error.problems[0]!.suggestion).toBe(suggestion);
  });

  it.each(['1.13.0', '1.14.1', '1.15.3', '1.16.8'])('accept Flyte %s', (version) => {
    expect(parseSpec({ ...minimalSpec, flyte: { version } }).flyte.version).toBe(version);
  });

  it('give HGR-102 where mistakes of different codes come together', () => {
    const error = errorOf({ flyte: { version: '2.0.0' }, network: { cidr: '10.0.0.0/24' } });
    expect(error.code).toBe('HGR-102');
    expect(error.problems).toHaveLength(2);
  });

  it('accept all of it written out', () => {
    const spec = parseSpec({
      ...minimalSpec,
      domain: 'flyte.example.com',
      flyte: { distribution: 'binary', components: { scheduler: 'cloud', datacatalog: false } },
      network: { existing: existingNetwork },
      cluster: { existing: { name: 'ours' }, nodePools: [pool({}), pool({ name: 'spot', spot: true, min: 0 })] },
      database: { class: 'db.serverless', instances: 2, version: '16.6' },
      bucket: { existing: { name: 'our-bucket' } },
      dns: { existing: { zone: 'Z0123456789' } },
      services: [],
      lifetime: { ttl: '8h', max: '24h' },
      tags: { 'cost-centre': 'R&D'.replace('&', '+'), 'example.com/team': 'ml' },
    });
    expect(spec.cluster.nodePools![1]).toMatchObject({ spot: true, diskGb: 100 });
  });
});
