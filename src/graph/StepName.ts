/** The steps of a deployment that any file has; see docs/steps.md. */
export const stepNames = [
  'bootstrap',
  'network',
  'egress',
  'cluster',
  'nodes',
  'database',
  'bucket',
  'queues',
  'dns',
  'iam',
  'platform',
  'credentials',
  'flyte',
  'records',
  'smoke',
] as const;

export type StepName = (typeof stepNames)[number];
