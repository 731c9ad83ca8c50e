import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatedPages } from '../../src/docs/generatedPages.js';
import { errorCodes, exitCodes } from '../../src/errors/errorCodes.js';
import { jsonSchema } from '../../src/spec/jsonSchema.js';

const pages = generatedPages();
const readText = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('generatedPages', () => {
  it.each(Object.keys(pages))('docs/%s is current (npm run docs writes it)', (file) => {
    expect(readText(`docs/${file}`)).toBe(pages[file]);
  });

  it('tell of every error code and every exit code', () => {
    for (const [code, { title }] of Object.entries(errorCodes))
      expect(pages['errors.md']).toContain(`| ${code} | ${title} |`);
    for (const exit of Object.values(exitCodes)) expect(pages['exit-codes.md']).toContain(`| ${exit} | `);
  });

  it('tell of every key of the file', () => {
    for (const key of [
      '`flyte.components.scheduler`',
      '`cluster.nodePools[].instanceTypes`',
      '`network.existing.id`',
    ]) {
      expect(pages['deployment-file.md']).toContain(key);
    }
  });
});

describe('jsonSchema', () => {
  const validate = new Ajv({ formats: { hostname: true }, allErrors: true }).compile(jsonSchema());
  const minimal = { version: 1, name: 'research', cloud: 'aws', region: 'us-east-1', account: '123456789012' };

  it.each(['aws.yaml', 'aws-production.yaml'])('takes examples/%s', (file) => {
    expect(validate(parse(readText(`examples/${file}`)))).toBe(true);
  });

  it.each([
    ['a misspelt key', { ...minimal, siez: 'small' }],
    ['a wrong value', { ...minimal, size: 'tiny' }],
    ['a missing key', { ...minimal, account: undefined }],
    ['a number for text', { ...minimal, account: 123456789012 }],
    ['a deep misspelt key', { ...minimal, flyte: { components: { consol: true } } }],
    ['services', { ...minimal, services: [{ type: 'redis' }] }],
  ])('refuses %s', (_title, file) => {
    expect(validate(JSON.parse(JSON.stringify(file)))).toBe(false);
  });
});
