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
  const fresh = ({ expiration }: AwsCredentials) => expiration.getTime() - Date.now() > marginMs;
  // One chain of promises, so that clients that ask at the same moment wait for the same answer.
  return () => {
    current = current ? current.then((known) => (fresh(known) ? known : load()), load) : load();
    return current;
  };
}
