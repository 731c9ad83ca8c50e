import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { awsCredentials } from './awsCredentials.js';
import { awsEndpoint } from './awsEndpoint.js';

// The SDK's versions are pinned here, so its advice about later ones would only disturb a command's output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** The one configuration of every SDK client. Times in milliseconds. */
const shared = {
  maxAttempts: 5,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true, ...trust() },
} as const;

/** AWS_CA_BUNDLE, which the AWS CLI and terraform's provider read and this SDK does not. */
function trust(): { httpsAgent?: Agent } {
  const bundle = process.env.AWS_CA_BUNDLE;
  return bundle ? { httpsAgent: new Agent({ keepAlive: true, maxSockets: 50, ca: readFileSync(bundle) }) } : {};
}

/** What each SDK client is made with. */
export type AwsClientConfig = typeof shared & {
  region: string;
  credentials: AwsCredentialIdentityProvider;
  /** S3 only: an endpoint of one's own seldom answers to `bucket.host`. */
  forcePathStyle: boolean;
};

/** SDK clients by class and region, each made once: they share credentials, retries and timeouts. */
export interface AwsClients {
  <C>(Client: new (config: AwsClientConfig) => C, region: string): C;
  readonly credentials: ReturnType<typeof awsCredentials>;
}

/** Makes the clients of one {@link AwsClients}; endpoints and credentials come from the SDK's own variables and files. */
export function awsClients(): AwsClients {
  const credentials = awsCredentials();
  const made = new Map<unknown, Map<string, unknown>>();
  const clients = <C>(Client: new (config: AwsClientConfig) => C, region: string): C => {
    const byRegion = made.get(Client) ?? new Map<string, unknown>();
    made.set(Client, byRegion);
    const client =
      (byRegion.get(region) as C | undefined) ??
      new Client({ ...shared, region, credentials, forcePathStyle: awsEndpoint('S3') !== undefined });
    byRegion.set(region, client);
    return client;
  };
  return Object.assign(clients, { credentials });
}
