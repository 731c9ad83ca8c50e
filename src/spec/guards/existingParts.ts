import type { Given, Guard, SpecProblem } from './Guard.js';

/** What is brought along cannot also be tuned, and a cluster cannot come without the network it stands in. */
export const existingParts: Guard = (spec, given) => {
  const problems: SpecProblem[] = [];
  if (spec.network.existing) {
    problems.push(...refuseTuning(given, 'network', ['cidr', 'nat', 'flowLogs']));
    problems.push(...repeatedSubnets(spec.network.existing));
  }
  if (spec.cluster.existing) {
    problems.push(...refuseTuning(given, 'cluster', ['version', 'publicAccess', 'logRetentionDays']));
    if (!spec.network.existing) {
      problems.push({
        path: 'cluster.existing',
        message: "needs network.existing: the cluster's own network, where nodes and database go",
      });
    }
  }
  if (spec.bucket.existing) problems.push(...refuseTuning(given, 'bucket', ['rawDataDays']));
  if (spec.dns.existing && !spec.domain) {
    problems.push({
      path: 'dns.existing',
      message: 'needs a domain: without one there is nothing to put into the zone',
    });
  }
  return problems;
};

function refuseTuning(given: Given, section: string, keys: readonly string[]): SpecProblem[] {
  return keys
    .map((key) => `${section}.${key}`)
    .filter(given)
    .map((path) => ({
      path,
      message: `has no effect with ${section}.existing, which Hangar does not change; remove it`,
    }));
}

function repeatedSubnets(
  existing: Record<'publicSubnets' | 'privateSubnets' | 'databaseSubnets', string[]>,
): SpecProblem[] {
  return (['publicSubnets', 'privateSubnets', 'databaseSubnets'] as const).flatMap((key) =>
    existing[key].flatMap((id, index) =>
      existing[key].indexOf(id) < index
        ? [{ path: `network.existing.${key}.${index}`, message: `subnet ${id} is there twice` }]
        : [],
    ),
  );
}
