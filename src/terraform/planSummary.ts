import { z } from 'zod';
import type { ResourceAction } from './events.js';
import { type Risk, risksOf } from './risks.js';
import { managedResources, type StateResource, stateValues } from './stateJson.js';

const actions = z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget']));
const resourceChange = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  action_reason: z.string().optional(),
  change: z.object({
    actions,
    before: z.record(z.string(), z.unknown()).nullish(),
    after: z.record(z.string(), z.unknown()).nullish(),
    importing: z.unknown().optional(),
  }),
});
const planJson = z.object({
  /** False where an apply would do nothing, not even change an output. */
  applyable: z.boolean().default(true),
  resource_changes: z.array(resourceChange).default([]),
  prior_state: z.object({ values: stateValues.optional() }).optional(),
});

/** One resource that a plan changes. Values may hold secrets: they stay in this process. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: ResourceAction;
  /** Why terraform replaces or deletes it: `replace_because_tainted`, `delete_because_no_module` … */
  readonly reason?: string;
  readonly before: Readonly<Record<string, unknown>>;
  /** Without what is known only after the apply. */
  readonly after: Readonly<Record<string, unknown>>;
}

/** What a plan would do. A replacement counts as one, not as an addition and a removal. */
export interface PlanSummary {
  /** Applying it would do nothing, not even change an output. */
  readonly empty: boolean;
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly replace: number;
  /** Everything that changes, in the plan's order. */
  readonly changes: readonly PlannedChange[];
  readonly risks: readonly Risk[];
  /** What the state held when it was planned, as the cloud answered. */
  readonly prior: readonly StateResource[];
}

/**
 * Reads `terraform show -json` of a plan file.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function parsePlan(json: string): PlanSummary {
  const plan = planJson.parse(JSON.parse(json));
  const changes = plan.resource_changes
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, type, action_reason, change }): PlannedChange => {
      const { before, after } = change;
      return {
        address,
        type,
        action: actionOf(change.actions),
        ...(action_reason ? { reason: action_reason } : {}),
        before: before ?? {},
        after: after ?? {},
      };
    })
    .filter(({ action }) => action !== 'noop');
  const count = (action: ResourceAction) => changes.filter((change) => change.action === action).length;
  return {
    empty: !plan.applyable,
    add: count('create'),
    change: count('update'),
    remove: count('delete'),
    replace: count('replace'),
    changes,
    risks: changes.flatMap(risksOf),
    prior: managedResources(plan.prior_state?.values),
  };
}

function actionOf(list: z.infer<typeof actions>): ResourceAction {
  if (list.includes('create') && (list.includes('delete') || list.includes('forget'))) return 'replace';
  const [first = 'no-op'] = list;
  return first === 'no-op' ? 'noop' : first;
}
