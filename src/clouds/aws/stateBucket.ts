/** Deterministic, and within the 63 characters of a bucket name: everything else follows from account and region. */
export function stateBucket(target: { account: string; region: string }): string {
  return `hangar-state-${target.account}-${target.region}`;
}
