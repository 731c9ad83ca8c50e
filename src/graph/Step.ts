import type { StepName } from './StepName.js';

/** What does a step's work. */
export type StepKind = 'cloud' | 'terraform' | 'helm' | 'kubernetes' | 'checks';

/** Activities that make a step; each takes a StepRequest and gives a StepReport. */
export type MakeActivity =
  | 'makeBootstrap'
  | 'applyTerraform'
  | 'installPlatform'
  | 'writeCredentials'
  | 'installFlyte'
  | 'writeRecords'
  | 'runSmoke';

/** Activities that unmake a step. Each tolerates that the step never ran. */
export type UnmakeActivity =
  | 'destroyTerraform'
  | 'uninstallPlatform'
  | 'removeCredentials'
  | 'uninstallFlyte'
  | 'removeRecords';

/** One node of the step graph. */
export interface Step {
  readonly name: StepName;
  readonly kind: StepKind;
  /** One line for people: what the step makes. */
  readonly title: string;
  /** The steps that must stand before it starts. Destruction goes the other way round. */
  readonly after: readonly StepName[];
  readonly make: MakeActivity;
  /** Absent where nothing is to be undone (smoke) or where it outlives the deployment (bootstrap). */
  readonly unmake?: UnmakeActivity;
  /** How long such a step usually takes on a real cloud, in seconds. */
  readonly typicalSeconds: number;
}
