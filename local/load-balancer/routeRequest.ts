import type { V1HTTPIngressPath, V1Ingress } from '@kubernetes/client-node';

/** A service that a request goes to. */
export interface Backend {
  readonly namespace: string;
  readonly service: string;
}

/**
 * The backend that the rules of a load balancer's ingresses choose for a request; undefined where none fits: then the
 * load balancer answers 404. Longer paths go first, as rules are ordered within a group without `group.order`.
 */
export function routeRequest(ingresses: readonly V1Ingress[], host: string, path: string): Backend | undefined {
  const fitting = ingresses.flatMap(({ metadata, spec }) =>
    (spec?.rules ?? [])
      .filter((rule) => !rule.host || hostMatches(rule.host, host))
      .flatMap((rule) => rule.http?.paths ?? [])
      .filter((candidate) => pathMatches(candidate, path))
      .map((candidate) => ({ namespace: metadata?.namespace ?? '', candidate })),
  );
  const best = fitting.toSorted(
    (one, other) => (other.candidate.path?.length ?? 0) - (one.candidate.path?.length ?? 0),
  )[0];
  const service = best?.candidate.backend.service?.name;
  return best && service ? { namespace: best.namespace, service } : undefined;
}

function hostMatches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern.toLowerCase() === host.toLowerCase();
  return host.toLowerCase().endsWith(pattern.slice(1).toLowerCase());
}

/** `ImplementationSpecific` is the load balancer's own pattern: `*` for any characters, `?` for one. */
function pathMatches({ path = '/', pathType }: V1HTTPIngressPath, requested: string): boolean {
  if (pathType === 'Exact') return requested === path;
  if (pathType === 'Prefix') {
    const prefix = path.replace(/\/$/, '');
    return requested === prefix || requested.startsWith(`${prefix}/`);
  }
  const pattern = path
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(requested);
}
