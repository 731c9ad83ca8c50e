import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TerraformEvent } from '../../src/terraform/events.js';
import { parseEvent } from '../../src/terraform/parseEvent.js';

/** What the real terraform said: see test/fixtures/terraform/record.sh. */
export function recorded(name: string): string {
  return readFileSync(resolve(import.meta.dirname, '../fixtures/terraform/recorded', name), 'utf8');
}

export function recordedEvents(name: string): TerraformEvent[] {
  return recorded(name)
    .trim()
    .split('\n')
    .map((line) => parseEvent(line)!);
}
