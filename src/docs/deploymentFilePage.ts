import { jsonSchema } from '../spec/jsonSchema.js';
import { generatedNote, markdownTable } from './markdownTable.js';

interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: unknown;
}

/** docs/deployment-file.md */
export function deploymentFilePage(): string {
  return [
    '# The deployment file',
    '',
    generatedNote('src/spec/DeploymentSpec.ts and src/docs/deploymentFilePage.ts'),
    '',
    'One YAML (or JSON) file describes one deployment. Five keys are required; everything else has a default:',
    '',
    '```yaml',
    'version: 1',
    'name: research',
    'cloud: aws',
    'region: us-east-1',
    'account: "123456789012"',
    '```',
    '',
    '`hangar validate FILE` checks it and tells every mistake at once, with its line and the word that was probably meant.',
    'Quote what looks like a number but is text: accounts and versions (`"123456789012"`, `"1.33"`). For completion in an',
    'editor that knows JSON Schema, begin the file with',
    '`# yaml-language-server: $schema=<path to>/docs/deployment.schema.json`.',
    '',
    'What `size` means is in [sizes.md](sizes.md); [examples/](../examples) has a short and a full file.',
    '',
    '## Keys',
    '',
    markdownTable(['key', 'type', 'default', 'meaning'], rows(jsonSchema() as Schema, '')),
    '',
    '## What is refused beyond that',
    '',
    '- A `cloud` other than `aws`, and entries in `services`: not yet in this version.',
    '- `account` that is not 12 digits; a `region` that is none of AWS (GovCloud and China are not yet in this version).',
    '- `flyte.version` outside of the patch versions of 1.13 to 1.16 (HGR-104). Flyte 2 is another product under the same',
    '  chart name.',
    '- `flyte.distribution: binary` without the console, which it always serves.',
    '- `flyte.chart` by plain http, or with a user or password in it.',
    '- Projects with a namespace `<project>-<domain>` that is longer than 63 characters, used twice or begins with `kube-`.',
    '  Flyte makes one for every project in every domain: its domains are global.',
    '- `network.cidr` smaller than /20 (public, private and database subnets in 3 zones), larger than /16, public, or not at',
    '  the first address of its range (HGR-105).',
    '- `cluster.publicAccess` with private ranges.',
    '- Tuning of what is brought along: `network.cidr`, `nat` and `flowLogs` beside `network.existing`; `cluster.version`,',
    '  `publicAccess` and `logRetentionDays` beside `cluster.existing`; `bucket.rawDataDays` beside `bucket.existing`.',
    '- `cluster.existing` without `network.existing`; `dns.existing` without `domain`.',
    '- `cluster.nodePools` without a pool that is always there (min 1 or more, neither spot nor GPU), or with min above max.',
    '- `cluster.logRetentionDays` that CloudWatch does not take.',
    '- `lifetime` under 30 minutes, over 365 days, or with `max` below `ttl`.',
    '- `tags` whose keys begin with `aws:`, `hangar:`, `kubernetes.io/`, `k8s.io/`, `eks:` or `elbv2.k8s.aws/`, `Name`, or',
    '  characters that AWS does not take.',
    '',
    'Whether the world fits (credentials of that account, a free name, a zone, quotas, what `existing:` names) is checked',
    'before anything is created, by `hangar plan` and `hangar create`.',
    '',
  ].join('\n');
}

function rows(schema: Schema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    const required = schema.required?.includes(key) ?? false;
    const row = [`\`${path}\``, typeName(child), defaultText(child, required), child.description ?? ''];
    return [row, ...rows(child, `${path}.`), ...(child.items ? rows(child.items, `${path}[].`) : [])];
  });
}

function typeName(schema: Schema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return schema.items?.type === 'string' ? 'list of text' : 'list';
  if (schema.type === 'object') return 'mapping';
  return { string: 'text', integer: 'whole number', boolean: 'true or false' }[schema.type ?? ''] ?? '';
}

function defaultText(schema: Schema, required: boolean): string {
  if (required) return '**required**';
  // A section's default is that of its keys.
  if (schema.default === undefined || schema.properties) return '';
  return `\`${JSON.stringify(schema.default)}\``;
}
