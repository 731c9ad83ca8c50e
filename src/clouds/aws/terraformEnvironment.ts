import type { AwsCredentialIdentity } from '@smithy/types';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';

/** How the SDK names the sources that terraform reads by the same variables and renews by itself during a long run. */
const renewable = ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'CREDENTIALS_HTTP'];
const sources = [
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
];
/** Where and how to ask AWS; says nothing about who asks. */
const settings =
  /^AWS_(ENDPOINT_URL(_[A-Z0-9_]+)?|IGNORE_CONFIGURED_ENDPOINT_URLS|CA_BUNDLE|USE_FIPS_ENDPOINT|USE_DUALSTACK_ENDPOINT|STS_REGIONAL_ENDPOINTS|EC2_METADATA_[A-Z0-9_]+|METADATA_[A-Z0-9_]+|S3_US_EAST_1_REGIONAL_ENDPOINT)$/;

/**
 * The environment that lets terraform act as this process does. Roles of pods, containers and instances are passed on as
 * they are, since terraform renews them; anything else (SSO, profiles, keys) is resolved here, so that terraform and
 * Hangar cannot choose differently between a profile and variables. Holds secrets: for the child's environment only.
 */
export async function terraformEnvironment(clients: AwsClients): Promise<Record<string, string>> {
  const credentials = await callAws('the AWS credentials', () => clients.credentials());
  const passed = Object.entries(process.env).filter(([name]) => settings.test(name)) as [string, string][];
  if (terraformRenews(credentials)) {
    return Object.fromEntries([
      ...passed,
      ...sources.flatMap((name): [string, string][] => (process.env[name] ? [[name, process.env[name]]] : [])),
    ]);
  }
  return {
    ...Object.fromEntries(passed),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
  };
}

function terraformRenews(credentials: AwsCredentialIdentity): boolean {
  const source = Object.keys((credentials as { $source?: Record<string, string> }).$source ?? {});
  // The instance's role is the one source that the SDK does not name; what a profile gives, terraform may read differently.
  return (
    source.length === 0 ||
    (source.some((name) => renewable.includes(name)) && !source.some((name) => name.startsWith('CREDENTIALS_PROFILE')))
  );
}
