/**
 * Terraform's machine-readable UI (`-json`): one JSON object a line.
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */

/** What terraform does to one resource. */
export type ResourceAction =
  | 'noop'
  | 'create'
  | 'read'
  | 'update'
  | 'replace'
  | 'delete'
  | 'move'
  | 'import'
  | 'forget';

/** A resource as events name it. */
export interface ResourceRef {
  /** `module.step.aws_vpc.main` */
  readonly addr: string;
  readonly resource_type: string;
}

/** An error or warning, as terraform and its providers give it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** The resource it happened to. */
  readonly address?: string;
  /** File and line of the configuration. */
  readonly range?: { readonly filename: string; readonly line: number };
}

/** Counts that end a plan, an apply or a destroy. */
export interface ChangeSummary {
  readonly operation: 'plan' | 'apply' | 'destroy';
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** What happens to one resource while a plan, an apply or a destroy runs. */
export type HookEventType =
  | 'apply_start'
  | 'apply_progress'
  | 'apply_complete'
  | 'apply_errored'
  | 'refresh_start'
  | 'refresh_complete'
  | 'provision_start'
  | 'provision_progress'
  | 'provision_complete'
  | 'provision_errored'
  | 'ephemeral_op_start'
  | 'ephemeral_op_progress'
  | 'ephemeral_op_complete'
  | 'ephemeral_op_errored';

export interface HookEvent {
  readonly type: HookEventType;
  readonly resource: ResourceRef;
  readonly action?: ResourceAction;
  readonly elapsedSeconds?: number;
  /** The cloud's id, once known. */
  readonly id?: string;
}

export interface PlannedChangeEvent {
  readonly type: 'planned_change' | 'resource_drift';
  readonly resource: ResourceRef;
  readonly action: ResourceAction;
  /** `tainted`, `cannot_update`, `delete_because_no_module` … */
  readonly reason?: string;
}

/** A line of the machine-readable UI. */
export type TerraformEvent =
  | { readonly type: 'version'; readonly terraform: string; readonly ui: string }
  | { readonly type: 'log'; readonly level: string; readonly message: string }
  | { readonly type: 'init_output'; readonly message: string; readonly messageCode?: string }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly type: 'change_summary'; readonly changes: ChangeSummary }
  | { readonly type: 'outputs'; readonly names: readonly string[] }
  | PlannedChangeEvent
  | HookEvent
  /** A type that this version of Hangar does not know: passed over, never an error. */
  | { readonly type: 'unknown'; readonly name: string; readonly message: string };
