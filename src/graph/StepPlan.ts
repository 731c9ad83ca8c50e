import type { StepName } from './StepName.js';

/** What a step would do. */
export interface StepPlan {
  step: StepName;
  /** Terraform steps: counts; others: what they would install, in `notes`. */
  add: number;
  change: number;
  remove: number;
  replace: number;
  /** Changes worth a second look: deletions, replacements, public exposure, loss of data. */
  risks: { address: string; action: string; reason: string }[];
  /** Addresses of everything that changes, with the action. */
  resources: { address: string; action: string }[];
  /** True where inputs from steps not made yet were stood in for, so that counts are right but values are not. */
  provisional: boolean;
  notes: string[];
}
