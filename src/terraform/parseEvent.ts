import { z } from 'zod';
import type { Diagnostic, HookEventType, ResourceAction, TerraformEvent } from './events.js';

const resource = z.object({ addr: z.string(), resource_type: z.string().default('') });
const action = z.string().transform((name) => name as ResourceAction);

const hook = z.object({
  resource,
  action: action.optional(),
  elapsed_seconds: z.number().optional(),
  id_value: z.string().optional(),
});
const change = z.object({ resource, action, reason: z.string().optional() });
const changes = z.object({
  add: z.number(),
  change: z.number(),
  remove: z.number(),
  import: z.number().default(0),
  operation: z.enum(['plan', 'apply', 'destroy']),
});
const diagnostic = z.object({
  severity: z.enum(['error', 'warning']),
  summary: z.string(),
  detail: z.string().default(''),
  address: z.string().optional(),
  range: z.object({ filename: z.string(), start: z.object({ line: z.number() }) }).optional(),
});
const line = z.looseObject({
  type: z.string(),
  '@message': z.string().default(''),
  '@level': z.string().default('info'),
});

const hookTypes = new Set<string>([
  'apply_start',
  'apply_progress',
  'apply_complete',
  'apply_errored',
  'refresh_start',
  'refresh_complete',
  'provision_start',
  'provision_progress',
  'provision_complete',
  'provision_errored',
  'ephemeral_op_start',
  'ephemeral_op_progress',
  'ephemeral_op_complete',
  'ephemeral_op_errored',
] satisfies HookEventType[]);

/** A diagnostic in terraform's own form (as in events and in `validate -json`); undefined where it is none. */
export function parseDiagnostic(raw: unknown): Diagnostic | undefined {
  const parsed = diagnostic.safeParse(raw);
  if (!parsed.success) return undefined;
  const { range, ...rest } = parsed.data;
  return { ...rest, ...(range ? { range: { filename: range.filename, line: range.start.line } } : {}) };
}

/**
 * Reads one line of terraform's `-json` output.
 * Never throws: a line that is not JSON gives undefined, a type not known here gives `unknown`.
 */
export function parseEvent(text: string): TerraformEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) return undefined;
  return typedEvent(parsed.data) ?? { type: 'unknown', name: parsed.data.type, message: parsed.data['@message'] };
}

function typedEvent(event: z.infer<typeof line>): TerraformEvent | undefined {
  const message = event['@message'];
  if (hookTypes.has(event.type)) {
    const parsed = hook.safeParse(event.hook);
    if (!parsed.success) return undefined;
    const { elapsed_seconds, id_value, ...rest } = parsed.data;
    return {
      type: event.type as HookEventType,
      ...rest,
      ...(elapsed_seconds === undefined ? {} : { elapsedSeconds: elapsed_seconds }),
      ...(id_value ? { id: id_value } : {}),
    };
  }
  switch (event.type) {
    case 'version':
      return { type: 'version', terraform: String(event.terraform ?? ''), ui: String(event.ui ?? '') };
    case 'log':
      return { type: 'log', level: event['@level'], message };
    case 'init_output': {
      const code = typeof event.message_code === 'string' ? event.message_code : undefined;
      return { type: 'init_output', message, ...(code ? { messageCode: code } : {}) };
    }
    case 'diagnostic': {
      const found = parseDiagnostic(event.diagnostic);
      return found && { type: 'diagnostic', diagnostic: found };
    }
    case 'planned_change':
    case 'resource_drift': {
      const parsed = change.safeParse(event.change);
      return parsed.success ? { type: event.type, ...parsed.data } : undefined;
    }
    case 'change_summary': {
      const parsed = changes.safeParse(event.changes);
      return parsed.success ? { type: 'change_summary', changes: parsed.data } : undefined;
    }
    case 'outputs':
      return typeof event.outputs === 'object' && event.outputs !== null
        ? { type: 'outputs', names: Object.keys(event.outputs) }
        : undefined;
    default:
      return undefined;
  }
}
