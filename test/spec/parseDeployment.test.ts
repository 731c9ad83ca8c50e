import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HangarError } from '../../src/errors/HangarError.js';
import { parseDeployment } from '../../src/spec/parseDeployment.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { minimalSpec } from './minimalSpec.js';

function errorOf(text: string): HangarError {
  try {
    parseDeployment(text);
  } catch (error) {
    return error as HangarError;
  }
  throw new Error('accepted');
}

const head = `version: 1
name: research
cloud: aws
region: us-east-1
account: "123456789012"
`;

/** The only problem of a file with some lines after the five required ones. */
function problemOf(lines: string) {
  const { problems } = errorOf(head + lines);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

describe('parseDeployment', () => {
  it('takes YAML and JSON, with comments, tabs in JSON, CRLF and a byte order mark', () => {
    const spec = parseSpec(minimalSpec);
    expect(parseDeployment(head)).toEqual(spec);
    expect(parseDeployment(`# ours\n${head.replaceAll('\n', '\r\n')}`)).toEqual(spec);
    expect(parseDeployment(`\uFEFF${head}`)).toEqual(spec);
    expect(parseDeployment(JSON.stringify(minimalSpec, null, '\t'))).toEqual(spec);
  });

  it('finds every mistake at once, each with line, column and the nearest word', () => {
    const error = errorOf(`version: 1
name: Research
cloud: aws
region: us-esat-1
account: 012345678901
siez: small
flyte:
  distribution: binry
  projects:
    - id: ok
    - id: Not ok
network:
  cidr: 10.0.0.0/24
lifetime: { ttl: 8 hours }
`);
    expect(error.code).toBe('HGR-102');
    expect(error.message).toBe('The deployment file has 8 mistakes');
    const told = error.problems.map(({ line, column, path, suggestion }) => [line, column, path, suggestion]);
    expect(told).toEqual([
      [2, 1, 'name', undefined],
      [4, 1, 'region', 'us-east-1'],
      [5, 1, 'account', undefined],
      [6, 1, 'siez', 'size'],
      [8, 3, 'flyte.distribution', 'binary'],
      [11, 7, 'flyte.projects[1].id', undefined],
      [13, 3, 'network.cidr', undefined],
      [14, 13, 'lifetime.ttl', undefined],
    ]);
  });

  it.each([
    ['account', head.replace('"123456789012"', '012345678901'), 'must be text: write it in quotes, "012345678901"'],
    ['flyte.version', `${head}flyte: { version: 1.16 }`, 'must be text: write it in quotes, "1.16"'],
    ['cluster.version', `${head}cluster: { version: 1.30 }`, 'must be text: write it in quotes, "1.30"'],
    ['region', head.replace(/region.*\n/, ''), 'is missing'],
    ['version', head.replace('version: 1\n', ''), 'is missing; it must be 1'],
    ['version', head.replace('version: 1', 'version: 2'), 'must be 1, not 2'],
    ['bucket', `${head}bucket:`, 'has no value; give it one or remove the key'],
    ['network', `${head}network: []`, 'must be a mapping, not a list'],
    ['network.flowLogs', `${head}network: { flowLogs: yes }`, 'must be true or false, not "yes"'],
    ['database.backupDays', `${head}database: { backupDays: 7.5 }`, 'must be a whole number, not 7.5'],
    ['database.backupDays', `${head}database: { backupDays: 36 }`, 'must be at most 35'],
    ['name', head.replace('research', 'ab'), 'must have at least 3 characters'],
    [
      'name',
      head.replace('research', 'a--b'),
      'must be lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen, not "a--b"',
    ],
    ['flyte.projects', `${head}flyte: { projects: [] }`, 'must have at least 1 entry'],
    [
      'cluster.nodePools[0].max',
      `${head}cluster: { nodePools: [{ name: a, instanceTypes: [m5.large] }] }`,
      'is missing',
    ],
    [
      'services',
      `${head}services: [{ type: redis, name: cache }]`,
      'shared services (redis, postgres …) are not yet in this version; leave the list empty',
    ],
    [
      'lifetime.ttl',
      `${head}lifetime: { ttl: 8s }`,
      'must be a whole number of minutes, hours or days, such as 30m, 8h or 2d, not "8s"',
    ],
  ])('says of %s in words', (path, text, message) => {
    const { problems } = errorOf(text);
    expect(problems.map((problem) => [problem.path, problem.message])).toEqual([[path, message]]);
  });

  it('lists the known keys where none is near', () => {
    const problem = problemOf('dns: { wombat: 1 }\n');
    expect(problem).toMatchObject({ path: 'dns.wombat', line: 6, column: 8 });
    expect(problem.message).toBe('is not a known key; known here: existing');
  });

  it('quotes a key that holds a dot, and finds it', () => {
    expect(problemOf('tags:\n  aws:a.b: x\n')).toMatchObject({ path: 'tags."aws:a.b"', line: 7, column: 3 });
  });

  it('points through anchors and aliases', () => {
    expect(problemOf('tags: &t { "aws:x": y }\n').line).toBe(6);
    expect(errorOf(`${head}flyte: &f { versoin: 1 }\nnetwork: *f\n`).problems.map((problem) => problem.line)).toEqual([
      6, 6,
    ]);
  });

  it('shortens what a person pasted by mistake', () => {
    const { problems } = errorOf(head.replace('cloud: aws', `cloud: "${'x'.repeat(500)}"`));
    expect(problems[0]!.message.length).toBeLessThan(100);
  });

  it.each([
    ['a: 1\nabc: 2\nabc: 3\n', 3, 1, 'the key abc is there twice'],
    ['a:\n\tb: 1\n', 2, 1, 'tabs are not allowed'],
    [`${head}---\n${head}`, 6, 1, 'more than one document'],
    ['a: [1, 2\nb: 3\n', 2, 1, 'must be sufficiently indented'],
    ['a: !ruby/object x\n', 1, 4, 'Unresolved tag'],
  ])('refuses %j as YAML, with its place', (text, line, column, message) => {
    const error = errorOf(text);
    expect(error.code).toBe('HGR-101');
    expect(error.problems[0]).toMatchObject({ line, column, message: expect.stringContaining(message) });
  });

  it('refuses aliases without anchor and aliases that multiply', () => {
    expect(errorOf('a: *nowhere\n').code).toBe('HGR-101');
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, from] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => pair.split(''))) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${from}`).join(', ')}]`);
    }
    expect(errorOf(bomb.join('\n')).code).toBe('HGR-101');
  });

  it.each(['', '# nothing yet\n', '- a\n- b\n', 'just text\n', '42\n'])('refuses %j as no deployment', (text) => {
    const error = errorOf(text);
    expect(error.code).toBe('HGR-102');
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]!.message).toMatch(/describes nothing|must be a mapping/);
  });

  it.each(['aws.yaml', 'aws-production.yaml'])('takes examples/%s', (file) => {
    expect(parseDeployment(readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8')).cloud).toBe('aws');
  });
});
