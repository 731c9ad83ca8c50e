/**
 * The search attributes of a deployment's workflow, all of type Keyword, by what they hold. The namespace must know
 * them before a workflow sets them: a worker registers what is missing when it starts.
 */
export const searchAttributes = {
  deployment: 'HangarDeployment',
  cloud: 'HangarCloud',
  account: 'HangarAccount',
  region: 'HangarRegion',
  phase: 'HangarPhase',
} as const;

export type SearchAttribute = keyof typeof searchAttributes;
