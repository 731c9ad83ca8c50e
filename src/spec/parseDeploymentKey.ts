import { z } from 'zod';
import { HangarError } from '../errors/HangarError.js';
import { cloudNames } from './DeploymentSpec.js';

const deploymentKey = z.strictObject({
  name: z.string().min(1),
  cloud: z.enum(cloudNames),
  account: z.string().min(1),
  region: z.string().min(1),
});

/** What names one deployment in one account. */
export type DeploymentKey = z.output<typeof deploymentKey>;

/**
 * Checks what names a deployment.
 * @throws HangarError HGR-608 with all problems
 */
export function parseDeploymentKey(input: unknown): DeploymentKey {
  const result = deploymentKey.safeParse(input, { jitless: true });
  if (result.success) return result.data;
  throw new HangarError('HGR-608', 'The input does not name a deployment.', {
    problems: result.error.issues.map((issue) => ({ message: issue.message, path: issue.path.join('.') })),
    next: 'Give name, cloud, account and region, as `hangar list --json` shows them.',
  });
}
