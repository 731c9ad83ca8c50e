import type { DeploymentSpec } from './DeploymentSpec.js';
import { durationMs } from './duration.js';

/** When the lifetime of a deployment that is created at `createdAt` ends (ISO 8601); undefined without a lifetime. */
export function expiry(spec: Pick<DeploymentSpec, 'lifetime'>, createdAt: Date): string | undefined {
  return spec.lifetime && new Date(createdAt.getTime() + durationMs(spec.lifetime.ttl)).toISOString();
}
