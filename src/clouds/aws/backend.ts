import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { TerraformBackend } from '../Cloud.js';
import { lockKey, stateKey } from '../stateKeys.js';
import { awsEndpoint } from './awsEndpoint.js';
import { stateBucket } from './stateBucket.js';

/**
 * Terraform's S3 backend for one step, locked by a file beside the state. Credentials come by environment, never by here.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function backend(spec: Pick<DeploymentSpec, 'name' | 'account' | 'region'>, step: string): TerraformBackend {
  const s3 = awsEndpoint('S3');
  const sts = awsEndpoint('STS');
  return {
    type: 's3',
    stateKey: stateKey(spec.name, step),
    lockKey: lockKey(spec.name, step),
    config: {
      bucket: stateBucket(spec),
      key: stateKey(spec.name, step),
      region: spec.region,
      encrypt: true,
      use_lockfile: true,
      allowed_account_ids: [spec.account],
      ...(s3 ? { use_path_style: true } : {}),
      ...(s3 || sts ? { endpoints: { ...(s3 ? { s3 } : {}), ...(sts ? { sts } : {}) } } : {}),
    },
  };
}
