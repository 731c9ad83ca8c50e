import type { DeploymentSpec } from './DeploymentSpec.js';
import { durationMs } from './duration.js';

/** When the lifetime of a deployment that is created at `createdAt` ends (ISO 8601); undefined without a lifetime. */
export function expiry(spec: DeploymentSpec, createdAt: Date): string | undefined {
  if (!spec.lifetime) return undefined;
  const ttl = durationMs(spec.lifetime.ttl);
  const max = spec.lifetime.max ? durationMs(spec.lifetime.max) : ttl;
  return new Date(createdAt.getTime() + Math.min(ttl, max)).toISOString();
}
