import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

/** The URL the SDK would send STS requests to (region, partition, FIPS, AWS_ENDPOINT_URL_STS, profile), without sending one. */
export async function stsEndpoint(sts: STSClient): Promise<URL> {
  let endpoint: URL | undefined;
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    () => async (args) => {
      const { protocol, hostname, port, path } = args.request as {
        protocol: string;
        hostname: string;
        port?: number;
        path: string;
      };
      endpoint = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}`);
      return { output: { $metadata: {} }, response: undefined };
    },
    { step: 'build', name: 'endpointOnly' },
  );
  await sts.send(command);
  return endpoint!;
}
