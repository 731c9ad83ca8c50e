import type { StepRequest } from '../../graph/StepRequest.js';
import type { TerraformProvider } from '../Cloud.js';
import { awsEndpoint } from './awsEndpoint.js';
import { providerTags } from './providerTags.js';

/** The AWS provider of a step's module: its region, the tags of everything it makes, and the only account it may touch. */
export function terraformProvider(request: StepRequest): TerraformProvider {
  const { region, account } = request.spec;
  return {
    name: 'aws',
    source: 'hashicorp/aws',
    config: {
      region,
      allowed_account_ids: [account],
      default_tags: { tags: providerTags(request) },
      ...(awsEndpoint('S3') ? { s3_use_path_style: true } : {}),
    },
  };
}
