import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity } from '@smithy/types';
import { defaultRegion } from './defaultRegion.js';

/** Credentials that say when they are to be asked for again. */
export type AwsCredentials = AwsCredentialIdentity & { readonly expiration: Date };

/** Credentials without an end (files, variables) are read again this often, so that a worker sees a renewed file. */
const rereadMs = 15 * 60_000;
/** Asked for again when less than this is left, as the SDK does. */
const marginMs = 5 * 60_000;

/**
 * The SDK's default chain (variables, SSO, profiles, web identity, container, instance), shared by all clients of a cloud
 * so that a role is assumed once and not once a client. What it gives stays in memory.
 */
export function awsCredentials(): () => Promise<AwsCredentials> {
  let current: Promise<AwsCredentials> | undefined;
  const load = async (): Promise<AwsCredentials> => {
    // A new chain each time: the chain itself keeps for ever what has no expiration, and caches the files it has read.
    const identity = await defaultProvider({ ignoreCache: true, clientConfig: { region: defaultRegion() } })();
    return { ...identity, expiration: identity.expiration ?? new Date(Date.now() + rereadMs) };
  };
  return async () => {
    const known = await current?.catch(() => undefined);
    if (known && known.expiration.getTime() - Date.now() > marginMs) return known;
    const loading = load();
    current = loading;
    return loading;
  };
}
